// Each call names a path of the contract, and the shapes that the contract gives for it: docs/reference/openapi.json,
// which the server's own tests hold against the server.
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Schema {
  $ref?: string;
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: { items?: { items?: Schema } };
}
type Bodies = { content?: Record<string, { schema?: Schema }> };
type Operation = { requestBody?: Bodies; responses: Record<string, Bodies> };

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const contract = JSON.parse(read('../docs/reference/openapi.json')) as { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, Schema> } };

// "Ban", or "Page<Ban>" of a list.
function namesOf(schema: Schema | undefined): string[] {
  if (schema === undefined) return [];
  const listed = (one: Schema) => namesOf(one.properties?.items?.items).map(name => `Page<${name}>`);
  if (schema.$ref === undefined) return [...(schema.anyOf ?? schema.oneOf ?? []).flatMap(namesOf), ...listed(schema)];
  const name = schema.$ref.split('/').at(-1) ?? '';
  return [name, ...listed(contract.components.schemas[name] ?? {})];
}

const jsonOf = (bodies: Bodies | undefined) => namesOf(bodies?.content?.['application/json']?.schema);
const partsOf = (path: string) => path.replace(/[^/]*\{[^}]*\}[^/]*/g, '*').split('/'); // "u${id}" is an id too

// Those that a call may mean: where it fills something in, that may be an id or one of several words.
function operationsOf(method: string, path: string): Operation[] {
  const asked = partsOf(path);
  const fits = (parts: string[]) => parts.length === asked.length && parts.every((part, i) => part === asked[i] || asked[i] === '*');
  const found = Object.entries(contract.paths).filter(([known, methods]) => fits(partsOf(known)) && methods[method] !== undefined);
  const exact = found.filter(([known]) => partsOf(known).join('/') === asked.join('/'));
  return (exact.length > 0 ? exact : found).flatMap(([, methods]) => methods[method] ?? []);
}

interface Call {
  at: string;
  method: string;
  path: string;
  types: string[]; // what it says comes back, and is sent
}

const aliases = new Map([...read('src/api/types.ts').matchAll(/export type (\w+) = [^;]*?contract\.(\w+)/g)].map(found => [found[1] ?? '', found[2] ?? '']));

function callsIn(file: string): Call[] {
  const text = read(`src/${file}`);
  const renamed = new Map([...text.matchAll(/\b(\w+) as (\w+)\b/g)].map(found => [found[2] ?? '', found[1] ?? '']));
  const plain = (type: string) => type.replace(/\w+/g, name => renamed.get(name) ?? name).replace(/\w+/g, name => aliases.get(name) ?? name);
  const calls = text.matchAll(/\bapi\.(get|post|put|patch|remove)(?:<((?:[^<>(]|<[^<>]*>)+)>)?\(\s*(['`])(\/v1\/[^'`]*)\3/g);
  return [...calls].map(([, method = '', types = '', , path = '']) => ({
    at: file,
    method: method === 'remove' ? 'delete' : method,
    path,
    types: types.split(',').map(type => plain(type.trim())).filter(Boolean),
  }));
}

const files = readdirSync(new URL('../../src/', import.meta.url), { recursive: true, encoding: 'utf8' }).filter(name => /\.tsx?$/.test(name));
const calls = files.flatMap(callsIn);

describe('R_F6 the desk asks for what the contract has', () => {
  it('finds the calls', () => {
    expect(calls.length).toBeGreaterThan(90);
  });

  it.each(calls)('$method $path in $at', ({ method, path, types: [answer, sent] }) => {
    const operations = operationsOf(method, path);
    expect(operations.length, 'it is in the contract').toBeGreaterThan(0);
    const answers = operations.flatMap(one => Object.entries(one.responses)).flatMap(([status, one]) => (status.startsWith('2') ? jsonOf(one) : []));
    if (answer !== undefined) for (const one of answer.split(' | ')) expect(answers).toContain(one);
    if (sent !== undefined) expect(operations.flatMap(one => jsonOf(one.requestBody))).toContain(sent);
  });
});
