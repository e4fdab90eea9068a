// What was said of the columns since the list was checked, and what of that is new.
import type { ImportReport } from '../../api/types';

export type Column = ImportReport['columns'][number];
export type Choices = Readonly<Record<string, string | null>>; // by header: what it is, as typed; null: it is left out

export function without(choices: Choices, header: string): Choices {
  return Object.fromEntries(Object.entries(choices).filter(([name]) => name !== header));
}

// As the server takes it, where '' leaves a column out. A box that is empty, or says what was recognised, says nothing.
export function saidOf(columns: readonly Column[], choices: Choices): Record<string, string> {
  const said: Record<string, string> = {};
  for (const { header, meaning } of columns) {
    const choice = choices[header];
    const typed = choice?.trim() ?? '';
    if (choice === null) said[header] = '';
    else if (typed !== '' && typed !== meaning) said[header] = typed;
  }
  return said;
}
