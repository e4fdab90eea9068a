// Texts that nothing says, and icons that nothing shows, are taken out.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = new URL('../../src/', import.meta.url);
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(name => /\.tsx?$/.test(name) && !name.endsWith('.gen.ts'));
const sources = new Map(files.map(name => [name, readFileSync(new URL(name, root), 'utf8')]));

// The keys of the English texts that a file defines: those right below `en: {`.
function keysOf(source: string): string[] {
  const english = /defineTexts\(\{\s*en: \{(.*?)\n? *\},\s*de: \{/s.exec(source)?.[1] ?? '';
  const indent = /^\n( +)/.exec(english)?.[1];
  const key = indent === undefined ? /(?:^|, )\s*'?([\w-]+)'?: /g : new RegExp(`^${indent}'?([\\w-]+)'?: `, 'gm');
  return [...english.matchAll(key)].map(found => found[1] ?? '');
}

// What a key may be called by: t.key, its name in quotes, or a template that it fits: t[`state_${one}`].
function calledIn(text: string): (key: string) => boolean {
  const names = new Set([...text.matchAll(/\b[a-z]\.([A-Za-z_]\w*)|'([\w-]+)'|"([\w-]+)"/g)].map(found => found[1] ?? found[2] ?? found[3]));
  const templates = [...text.matchAll(/\[`([^`]*\$\{[^`]*)`/g)].map(found => new RegExp(`^${(found[1] ?? '').replace(/\$\{[^}]*\}/g, '[\\w-]+')}$`));
  return key => names.has(key) || templates.some(template => template.test(key));
}

// Who may say a file's texts: those that import it, and its folder, where the names of keys may come from.
function readers(of: string): string {
  const [name = '', folder = ''] = of.replace(/\.tsx?$/, '').split('/').toReversed();
  const near = [...sources].filter(([file, text]) => file !== of && (dirname(file) === dirname(of) || text.includes(`/${folder}/${name}'`)));
  return [...near.map(([, text]) => text), (sources.get(of) ?? '').replace(/defineTexts\(.*?\n\}\);/s, '')].join('\n');
}

describe('nothing is kept that nothing needs', () => {
  it('says every text', () => {
    const silent: string[] = [];
    for (const [file, source] of sources) {
      const keys = keysOf(source);
      const called = calledIn(readers(file));
      silent.push(...keys.filter(key => !called(key)).map(key => `${file}: ${key}`));
    }
    expect(silent).toEqual([]);
  });

  it('shows every icon', () => {
    const names = [...(sources.get('parts/icons.tsx') ?? '').matchAll(/^ {2}(\w+): '/gm)].map(found => found[1] ?? '');
    expect(names.length).toBeGreaterThan(20);
    const all = [...sources].filter(([file]) => file !== 'parts/icons.tsx').map(([, text]) => text).join('\n');
    expect(names.filter(name => !all.includes(`'${name}'`) && !all.includes(`"${name}"`))).toEqual([]);
  });
});
