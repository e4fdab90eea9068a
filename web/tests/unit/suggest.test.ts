import { describe, expect, it } from 'vitest';
import type { RowProblem } from '../../src/api/types';
import { columnOf, suggest } from '../../src/pages/import/suggest';

const problem: RowProblem = {
  code: 'P-2020',
  what: '',
  where: 'mac',
  why: '',
  fix: '',
  row: 5,
  column: 'mac',
  value: '0O1565aa0003',
  suggestions: ['001565aa0003'],
};

describe('what one click could mend', () => {
  it('takes all bad MACs for alike, each with its own right spelling', () => {
    const other = { ...problem, value: '0O1565aa0004', suggestions: ['001565aa0004'] };
    expect(suggest(problem)[0]?.value).toBe('001565aa0003');
    expect(suggest(problem)[0]?.kind).toBe(suggest(other)[0]?.kind);
  });

  it('takes other cells for alike where cell and suggestion are the same', () => {
    const model = { ...problem, code: 'P-2024', column: 'model', value: 'T54', suggestions: ['T54S', 'T54W'] };
    const [first, second] = suggest(model);
    expect([first?.value, second?.value]).toEqual(['T54S', 'T54W']);
    expect(first?.kind).not.toBe(second?.kind);
    expect(suggest({ ...model, row: 9 })[1]?.kind).toBe(second?.kind);
  });

  it('finds the column by what it was read as, or by its header', () => {
    expect(columnOf(problem, ['x', 'MAC Address'], [{ header: 'x', meaning: '' }, { header: 'MAC Address', meaning: 'mac' }])).toBe(1);
    expect(columnOf(problem, ['tenant', 'MAC'], [])).toBe(1);
    expect(columnOf(problem, ['x'], [])).toBe(-1);
  });
});
