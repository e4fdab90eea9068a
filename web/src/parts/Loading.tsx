// While something loads: its shape, not a wheel.
import { Skeleton, Stack } from '@mantine/core';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';

export function Loading({ rows = 6, height = 22 }: { rows?: number; height?: number }) {
  const t = useTexts(common);
  return (
    <Stack gap="sm" role="status" aria-busy="true">
      <span className="unseen">{t.loading}</span>
      {Array.from({ length: rows }, (_, i) => (
        <Skeleton key={i} height={height} width={`${100 - ((i * 17) % 40)}%`} />
      ))}
    </Stack>
  );
}
