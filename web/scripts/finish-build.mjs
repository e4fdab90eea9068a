// After the bundler: a .gz and a .br beside each file that shrinks, and the size of what the first page loads.
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../build/web');
const budget = 250_000; // bytes of gzip: scripts that the first page needs
const shrinkable = new Set(['.js', '.css', '.html', '.svg', '.json']);

function* files(path) {
  for (const name of readdirSync(path)) {
    const full = join(path, name);
    if (statSync(full).isDirectory()) yield* files(full);
    else yield full;
  }
}

// The entry, what it imports at once, and the largest page with what that imports.
function firstPage(manifest) {
  const reach = (key, seen = new Set()) => {
    if (seen.has(key)) return seen;
    seen.add(key);
    for (const next of manifest[key].imports ?? []) reach(next, seen);
    return seen;
  };
  const size = keys => [...keys].reduce((sum, key) => sum + gzipSync(readFileSync(join(folder, manifest[key].file)), { level: 9 }).length, 0);
  const entry = reach('index.html');
  const pages = Object.keys(manifest).filter(key => manifest[key].isDynamicEntry);
  const withPage = pages.map(key => ({ key, bytes: size(reach(key, new Set(entry))) }));
  return { entry: size(entry), worst: withPage.toSorted((a, b) => b.bytes - a.bytes)[0] };
}

const manifestFile = join(folder, '.vite/manifest.json');
const { entry, worst } = firstPage(JSON.parse(readFileSync(manifestFile, 'utf8')));
rmSync(dirname(manifestFile), { recursive: true });
for (const file of files(folder)) {
  if (!shrinkable.has(extname(file)) || file.endsWith('index.html')) continue;
  const packed = gzipSync(readFileSync(file), { level: 9 });
  if (packed.length >= statSync(file).size) continue;
  writeFileSync(`${file}.gz`, packed);
  writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file)));
}
console.log(`scripts, gzip: ${entry} bytes at the start, ${worst.bytes} with the heaviest page (${worst.key}); at most ${budget}`);
if (worst.bytes > budget) process.exit(1);
