// A box whose text goes into the address when one stops typing, and which follows the address where it changes by
// another way: a link, or everything cleared.
import { CloseButton, TextInput, type TextInputProps } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';

interface Props extends Omit<TextInputProps, 'value' | 'onChange' | 'defaultValue'> {
  label: string; // said, and shown where nothing is typed yet
  value: string;
  onChange: (text: string) => void;
}

export function FilterInput({ label, value, onChange, ...rest }: Props) {
  const c = useTexts(common);
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  if (value !== known) {
    setKnown(value);
    if (value !== text.trim()) setText(value);
  }
  const tell = useDebouncedCallback((next: string) => onChange(next.trim()), 250);
  const type = (next: string) => {
    setText(next);
    tell(next);
  };
  const clear = text && <CloseButton size="sm" aria-label={`${c.clear}: ${label}`} onClick={() => type('')} />;
  return <TextInput aria-label={label} placeholder={label} autoComplete="off" rightSection={clear} {...rest} value={text} onChange={event => type(event.currentTarget.value)} />;
}
