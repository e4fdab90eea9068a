// Writes the types of docs/reference/openapi.json, which the server's tests hold against the running server, to
// src/api/contract.gen.ts; with --check it only says whether that file is as it should be. The generator lives in
// tools/api, by a lock file of its own.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from '../../tools/api/node_modules/openapi-typescript/dist/index.mjs';

const web = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(web, 'src/api/contract.gen.ts');
const head = '// Made by `npm run contract` from docs/reference/openapi.json: change that, not this.\n\n';

// Pages name the shapes, not the paths: those alone would be three quarters of the file.
async function typesOf({ openapi, info, components }) {
  const shapes = { openapi, info, paths: {}, components: { schemas: components.schemas } };
  const nodes = await openapiTS(shapes, { rootTypes: true, rootTypesNoSchemaPrefix: true, silent: true });
  const empty = new Set(['paths', 'webhooks', '$defs', 'operations']);
  return head + astToString(nodes.filter(node => !empty.has(node.name?.text)));
}

const wanted = await typesOf(JSON.parse(readFileSync(join(web, '../docs/reference/openapi.json'), 'utf8')));
if (!process.argv.includes('--check')) writeFileSync(target, wanted);
else if (readFileSync(target, 'utf8') !== wanted) {
  console.error('src/api/contract.gen.ts is not what docs/reference/openapi.json says: npm run contract');
  process.exit(1);
}
