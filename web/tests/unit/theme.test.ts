import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { dark, gray, petrol } from '../../src/theme/theme';

const css = readFileSync(fileURLToPath(new URL('../../src/theme/theme.css', import.meta.url)), 'utf8');

function variables(block: string): Record<string, string> {
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(found => [found[1] ?? '', found[2] ?? '']));
}

const light = variables(css.slice(0, css.indexOf("[data-mantine-color-scheme='dark']")));
const night = variables(css.slice(css.indexOf("[data-mantine-color-scheme='dark']")));

// WCAG 2.2: relative luminance, then (lighter + 0.05) / (darker + 0.05).
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map(at => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map(part => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const text: [string, string, string][] = [
  ['text on the page', '#1c2328', light.ground ?? ''],
  ['dimmed text on the page', gray[6], light.ground ?? ''],
  ['dimmed text on a panel', gray[6], light.panel ?? ''],
  ['a button', '#ffffff', petrol[7]],
  ['a link', petrol[7], light.ground ?? ''],
  ['night: text on a panel', dark[0], night.panel ?? ''],
  ['night: dimmed text on a panel', dark[2], night.panel ?? ''],
  ['night: a link', petrol[3], night.panel ?? ''],
  ...(['good', 'warn', 'bad', 'note'] as const).flatMap((tone): [string, string, string][] => [
    [`${tone} on its ground`, light[tone] ?? '', light[`${tone}-soft`] ?? ''],
    [`${tone} on a panel`, light[tone] ?? '', light.panel ?? ''],
    [`night: ${tone} on its ground`, night[tone] ?? '', night[`${tone}-soft`] ?? ''],
  ]),
];

describe('the theme', () => {
  it.each(text)('keeps 4.5:1 for %s', (_, front, ground) => {
    expect(contrast(front, ground)).toBeGreaterThanOrEqual(4.5);
  });
});
