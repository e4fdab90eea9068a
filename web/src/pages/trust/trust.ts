// A certificate file as the server takes it: PEM as it is, DER wrapped as PEM.
export function pemOf(bytes: Uint8Array, kind: 'CERTIFICATE' | 'X509 CRL'): string {
  const text = new TextDecoder().decode(bytes);
  if (text.includes('-----BEGIN')) return text;
  const raw = Array.from(bytes, byte => String.fromCharCode(byte)).join('');
  const lines = btoa(raw).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${kind}-----\n${lines.join('\n')}\n-----END ${kind}-----\n`;
}

// SHA-256 as people write it, with colons, spaces, capitals: as the server wants it. Null: it is none.
export function fingerprintOf(text: string): string | null {
  const digits = text.replace(/[\s:]/g, '').toLowerCase();
  return /^[0-9a-f]{64}$/.test(digits) ? digits : null;
}

// Pairs, four groups a line's worth: what one compares by eye.
export function inPairs(fingerprint: string): string {
  return (fingerprint.match(/../g) ?? []).join(':').toUpperCase();
}
