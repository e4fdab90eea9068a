// Why something is done or asked for. It may be left empty, unless it is said to be required.
import { TextInput, type TextInputProps } from '@mantine/core';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';

interface Props extends Pick<TextInputProps, 'label' | 'required' | 'error'> {
  value: string;
  onChange: (value: string) => void;
  hint?: string; // who reads it; without: the second person, where one must agree
  'data-autofocus'?: boolean | undefined;
}

export function Why({ value, onChange, hint, ...more }: Props) {
  const t = useTexts(common);
  return <TextInput label={t.why} description={hint ?? t.whyHint} maxLength={200} value={value} onChange={event => onChange(event.currentTarget.value)} autoComplete="off" {...more} />;
}
