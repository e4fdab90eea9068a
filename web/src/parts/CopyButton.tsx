import { Button, Tooltip, UnstyledButton } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Icon } from './icons';

// Copies a text; says so, or that the browser did not let it.
export function CopyButton({ text, label }: { text: string | (() => string); label?: string }) {
  const t = useTexts(common);
  const clipboard = useClipboard({ timeout: 1500 });
  return (
    <Button
      variant="default"
      size="xs"
      onClick={() => clipboard.copy(typeof text === 'string' ? text : text())}
      leftSection={<Icon name={clipboard.copied ? 'check' : 'copy'} size={14} />}
    >
      {clipboard.copied ? t.copied : clipboard.error ? t.copyFailed : (label ?? t.copy)}
    </Button>
  );
}

// A short value that is copied by a click on it.
export function CopyValue({ text, shown }: { text: string; shown?: string }) {
  const t = useTexts(common);
  const clipboard = useClipboard({ timeout: 1500 });
  return (
    <Tooltip label={clipboard.copied ? t.copied : clipboard.error ? t.copyFailed : t.copy}>
      <UnstyledButton className="mono" onClick={() => clipboard.copy(text)} aria-label={`${t.copy}: ${shown ?? text}`}>
        {shown ?? text}
      </UnstyledButton>
    </Tooltip>
  );
}
