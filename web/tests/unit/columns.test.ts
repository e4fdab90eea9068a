import { MantineProvider } from '@mantine/core';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { ImportReport } from '../../src/api/types';
import { Columns } from '../../src/pages/import/Columns';
import { Problems } from '../../src/pages/import/Problems';
import { type Choices, saidOf } from '../../src/pages/import/columns';

type Column = ImportReport['columns'][number];
const column = (header: string, meaning: string, origin: Column['origin']): Column => ({ header, meaning, origin, required: false, limits: '', fallback: '', example: '' });
const columns = [column('MAC address', 'mac', 'header'), column('Asset', '', 'choice'), column('Phone', '', 'open')];

describe('R_F1 what is said of a column', () => {
  it('is nothing while it is as it was recognised', () => {
    expect(saidOf(columns, { 'MAC address': 'mac', Asset: '', Phone: '' })).toEqual({});
  });

  it('is as it was recognised again once its box is emptied', () => {
    expect(saidOf(columns, { 'MAC address': ' ' })).toEqual({});
  });

  it('is what was typed, or that it is left out', () => {
    expect(saidOf(columns, { 'MAC address': null, Asset: ' site ', Phone: 'model' })).toEqual({ 'MAC address': '', Asset: 'site', Phone: 'model' });
    expect(saidOf(columns, { Phone: null })).toEqual({ Phone: '' });
  });
});

describe('R_F1 a list that is no longer in the page', () => {
  const problem = { row: 2, column: 'Phone', value: 'x', what: 'w', where: '', why: '', fix: '', code: 'P-2020', suggestions: [] };
  const report = { columns, problems: [problem], problems_total: 1 } as unknown as ImportReport;
  const shown = (choices: Choices, mutable: boolean) =>
    renderToStaticMarkup(createElement(MantineProvider, null, createElement(Columns, { report, choices, mutable, onChoose: () => undefined })));

  it('offers no box that would do nothing, and says why', () => {
    expect(shown({}, false)).not.toMatch(/<input|<button/);
    expect(shown({}, false)).toContain('no longer in this page');
    expect(shown({}, true)).toContain('<input');
  });

  it('says so also where every column was recognised', () => {
    const known = { columns: columns.slice(0, 1) } as unknown as ImportReport;
    const page = renderToStaticMarkup(createElement(MantineProvider, null, createElement(Columns, { report: known, choices: {}, mutable: false, onChoose: () => undefined })));
    expect(page).toContain('no longer in this page');
  });

  it('lets no row be left out that could not be checked again', () => {
    const edits = { edits: new Map(), count: 0, get: () => undefined, set: () => undefined, drop: () => undefined, isDropped: () => false, clear: () => undefined };
    expect(renderToStaticMarkup(createElement(MantineProvider, null, createElement(Problems, { report, sheet: null, edits, actions: null })))).not.toContain('<button');
  });
});
