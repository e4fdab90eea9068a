import { useMemo, useState } from 'react';
import type { Edits } from './csv';

export interface SheetEdits {
  edits: Edits;
  count: number;
  get: (line: number, column: number) => string | undefined;
  set: (line: number, column: number, value: string) => void;
  drop: (line: number, out: boolean) => void;
  isDropped: (line: number) => boolean;
  clear: () => void;
}

export function useEdits(): SheetEdits {
  const [edits, setEdits] = useState<Edits>(new Map());
  return useMemo(
    () => ({
      edits,
      count: edits.size,
      get: (line, column) => edits.get(line)?.get(column),
      set: (line, column, value) =>
        setEdits(before => new Map(before).set(line, new Map(before.get(line) ?? []).set(column, value))),
      drop: (line, out) =>
        setEdits(before => {
          const next = new Map(before);
          if (out) next.set(line, null);
          else next.delete(line);
          return next;
        }),
      isDropped: line => edits.get(line) === null,
      clear: () => setEdits(new Map()),
    }),
    [edits],
  );
}
