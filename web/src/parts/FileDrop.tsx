// A place for a file: chosen or dropped. It is read here, and goes nowhere else by itself.
import { FileButton, Text, UnstyledButton } from '@mantine/core';
import { useRef, useState } from 'react';
import classes from './FileDrop.module.css';
import { Icon } from './icons';

interface Props {
  label: string;
  name: string | null; // of the file that is in
  accept?: string;
  onFile: (file: File) => void;
}

export function FileDrop({ label, name, accept, onFile }: Props) {
  const [over, setOver] = useState(false);
  const forget = useRef<() => void>(null); // the same file again, mended meanwhile, is news
  const take = (file: File | null) => {
    forget.current?.();
    if (file) onFile(file);
  };
  return (
    <FileButton onChange={take} resetRef={forget} {...(accept ? { accept } : {})}>
      {button => (
        <UnstyledButton
          {...button}
          className={classes.drop ?? ''}
          data-over={over || undefined}
          onDragOver={event => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={event => {
            event.preventDefault();
            setOver(false);
            const file = event.dataTransfer.files[0];
            if (file) onFile(file);
          }}
        >
          <Icon name={name ? 'file' : 'upload'} size={20} />
          <Text size="sm">{name ?? label}</Text>
        </UnstyledButton>
      )}
    </FileButton>
  );
}
