import { useMemo, useState } from 'react';
import type { Edits } from './csv';

export interface Cell {
  line: number;
  column: number;
  value: string;
  was: string; // in the list
}

// A cell that says again what it said is no change.
export function withCell(before: Edits, { line, column, value, was }: Cell): Edits {
  const row = new Map(before.get(line) ?? []);
  if (value === was) row.delete(column);
  else row.set(column, value);
  const next = new Map(before);
  if (row.size > 0) next.set(line, row);
  else next.delete(line);
  return next;
}

export interface SheetEdits {
  edits: Edits;
  count: number;
  get: (line: number, column: number) => string | undefined;
  set: (cell: Cell) => void;
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
      set: cell => setEdits(before => withCell(before, cell)),
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
