import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { german, germanKinds } from '../../src/parts/rules';

it('says in German what every rule of the server says', () => {
  const source = readFileSync(fileURLToPath(new URL('../../../src/domain/rule.cc', import.meta.url)), 'utf8');
  const names = [...source.matchAll(/Rule::\w+,\s*"([a-z-]+)"/g)].map(found => found[1] ?? '');
  expect(names.length).toBeGreaterThan(30);
  expect(Object.keys(german).toSorted()).toEqual(names.toSorted());
});

it('says in German what every kind of verdict says', () => {
  const page = readFileSync(fileURLToPath(new URL('../../../docs/reference/verdicts.md', import.meta.url)), 'utf8');
  const cells = [...page.matchAll(/^\| ((?:`[a-z-]+`(?:, )?)+) \|/gm)].map(found => found[1] ?? '');
  const kinds = cells.flatMap(cell => cell.replaceAll('`', '').split(', '));
  expect(kinds.length).toBeGreaterThan(10);
  expect(Object.keys({ ...german, ...germanKinds })).toEqual(expect.arrayContaining(kinds));
});
