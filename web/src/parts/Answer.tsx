// What a question to the server came to: its shape while it loads, what went wrong, or the answer.
import { Box } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Loading } from './Loading';
import { ProblemNote } from './Problem';

interface Props<T> {
  of: UseQueryResult<T, Error>;
  rows?: number; // of the shape while loading
  padded?: boolean; // in a flush section: loading and errors need air
  children: (data: T) => ReactNode;
}

export function Answer<T>({ of, rows = 5, padded = false, children }: Props<T>) {
  if (of.data !== undefined) return children(of.data);
  const air = padded ? 'md' : 0;
  if (of.isPending)
    return (
      <Box p={air}>
        <Loading rows={rows} />
      </Box>
    );
  return (
    <Box p={air}>
      <ProblemNote error={of.error} onRetry={() => void of.refetch()} />
    </Box>
  );
}
