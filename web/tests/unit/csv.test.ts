import { describe, expect, it } from 'vitest';
import { decode, edited, findSeparator, parse } from '../../src/pages/import/csv';
import { withCell } from '../../src/pages/import/useEdits';

describe('the list as the page edits it', () => {
  it('R_F3 finds the separator in the first line', () => {
    expect(findSeparator('a,b;c;d\n1;2')).toBe(';');
    expect(findSeparator('a\tb\n1,2,3')).toBe('\t');
    expect(findSeparator('mac')).toBe(',');
  });

  it('gives each row the line it begins at, also after cells of several lines and empty rows', () => {
    const sheet = parse('mac,name\r\n\r\n001,"two\nlines"\r\n002,"a ""b"""\n\n003,c', ',');
    expect(sheet.header).toEqual(['mac', 'name']);
    expect(sheet.rows.map(row => [row.line, row.cells])).toEqual([
      [3, ['001', 'two\nlines']],
      [5, ['002', 'a "b"']],
      [7, ['003', 'c']],
    ]);
  });

  it('changes the cells asked for and leaves every other byte', () => {
    const text = 'mac;name\r\n0O1;Ann\r\n002;"B;b"\r\n003;Cy\r\n';
    const sheet = parse(text, ';');
    const edits = new Map([
      [2, new Map([[0, '001']])],
      [4, new Map([[1, 'a;"b"']])],
    ]);
    expect(edited(sheet, edits)).toBe('mac;name\r\n001;Ann\r\n002;"B;b"\r\n003;"a;""b"""\r\n');
    expect(edited(sheet, new Map())).toBe(text);
  });

  it('counts no change where a cell says again what it said', () => {
    const cell = { line: 2, column: 0, value: '001', was: '0O1' };
    const changed = withCell(new Map(), cell);
    expect(changed).toEqual(new Map([[2, new Map([[0, '001']])]]));
    expect(withCell(changed, { ...cell, value: '0O1' }).size).toBe(0);
    expect(withCell(withCell(changed, { ...cell, column: 1 }), { ...cell, value: '0O1' })).toEqual(new Map([[2, new Map([[1, '001']])]]));
  });

  it('takes rows out', () => {
    const sheet = parse('mac\n1\n2\n3', ',');
    expect(edited(sheet, new Map([[3, null]]))).toBe('mac\n1\n\n3');
  });

  it('reads UTF-16 by its mark', () => {
    const bytes = new Uint8Array([0xff, 0xfe, ...[...'mac'].flatMap(letter => [letter.charCodeAt(0), 0])]);
    expect(decode(bytes)).toBe('mac');
  });

  it('survives a quote that never ends', () => {
    expect(parse('a,b\n"1,2', ',').rows[0]?.cells).toEqual(['1,2']);
  });
});
