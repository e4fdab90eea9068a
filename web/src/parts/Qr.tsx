// A QR code as shapes, always dark on white: cameras want it so in the dark theme too.
import { useMemo } from 'react';
import { encode } from 'uqr';

export function Qr({ text, label, size = 200 }: { text: string; label: string; size?: number }) {
  const { path, edge } = useMemo(() => {
    const { data, size: edge } = encode(text, { ecc: 'M', border: 3 });
    let path = '';
    for (const [y, row] of data.entries())
      for (const [x, dark] of row.entries()) if (dark) path += `M${x} ${y}h1v1h-1z`;
    return { path, edge };
  }, [text]);
  return (
    <svg width={size} height={size} viewBox={`0 0 ${edge} ${edge}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={edge} height={edge} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
