// What a question to the server came to: its shape while it loads, what went wrong, or the answer. Where this server
// has no such thing (an older one, or one built without), it says that instead of an error.
import { Box } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Problem } from '../api/problem';
import { defineTexts, useTexts } from '../i18n/texts';
import { Empty } from './Empty';
import { Loading } from './Loading';
import { ProblemNote } from './Problem';

const texts = defineTexts({
  en: { notHere: 'This server does not offer this yet. It comes with an update.' },
  de: { notHere: 'Dieser Server bietet das noch nicht. Es kommt mit einer Aktualisierung.' },
});

// 404 of a path that the server's table lacks, not of an object.
export function isMissing(error: unknown): boolean {
  if (!(error instanceof Problem)) return false;
  return error.status === 404 && (error.code === '' || (error.code === 'P-8005' && error.where === 'path'));
}

export function NotHere({ children }: { children?: ReactNode }) {
  const t = useTexts(texts);
  return <Empty icon="box">{children ?? t.notHere}</Empty>;
}

interface Props<T> {
  of: UseQueryResult<T, Error>;
  rows?: number; // of the shape while loading
  missing?: ReactNode;
  padded?: boolean; // in a flush section: loading and errors need air
  children: (data: T) => ReactNode;
}

export function Answer<T>({ of, rows = 5, missing, padded = false, children }: Props<T>) {
  if (of.data !== undefined) return children(of.data);
  const air = padded ? 'md' : 0;
  if (of.isPending)
    return (
      <Box p={air}>
        <Loading rows={rows} />
      </Box>
    );
  if (isMissing(of.error)) return <NotHere>{missing}</NotHere>;
  return (
    <Box p={air}>
      <ProblemNote error={of.error} onRetry={() => void of.refetch()} />
    </Box>
  );
}
