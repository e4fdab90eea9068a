// What one click could mend: the server says what a cell may have been meant to be.
import type { RowProblem } from '../../api/types';

export interface Suggestion {
  value: string;
  kind: string; // alike: the same click mends all of them
}

const badMac = 'P-2020'; // each has its own right spelling

export function suggest(problem: RowProblem): Suggestion[] {
  return problem.suggestions.map(value => ({
    value,
    kind: problem.code === badMac ? badMac : `${problem.code} ${problem.value} ${value}`,
  }));
}

// Which column of the file a problem is about.
export function columnOf(problem: RowProblem, header: string[], columns: readonly { header: string; meaning: string }[]): number {
  const read = columns.findIndex(one => one.meaning === problem.column);
  if (read >= 0) return header.indexOf(columns[read]?.header ?? '');
  return header.findIndex(name => name.trim().toLowerCase() === problem.column.toLowerCase());
}
