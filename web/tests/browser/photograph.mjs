// Pictures of the main pages for docs/images, as WebP: node tests/browser/photograph.mjs [FOLDER]
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Desk } from './desk.mjs';
import { source } from './server.mjs';

const folder = process.argv[2] ?? join(source, 'docs/images');
mkdirSync(folder, { recursive: true });
const desk = await Desk.open({ phones: 50 });
await desk.server.phones();
await desk.server.phones('--phones', '1', '--fault', 'no-certificate:1').catch(() => undefined);
await desk.server.phones('--phones', '1', '--fault', 'other-device-url:1').catch(() => undefined);
const macs = desk.server.macs();
const mac = macs.find(one => one.startsWith('001565'));
const pages = {
  overview: '/',
  devices: '/devices',
  device: `/devices/${mac}`,
  configuration: `/devices/${macs[0]}?tab=configuration`,
  import: '/import',
  events: '/events',
  review: '/review',
  vendor: '/vendors/yealink',
  trust: '/trust',
  tenant: '/tenants/acme',
  people: '/people',
  server: '/server',
  account: '/account',
};

// Chromium itself packs the picture.
async function webp(page, png) {
  const data = await page.evaluate(async text => {
    const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    canvas.getContext('2d').drawImage(image, 0, 0);
    return canvas.toDataURL('image/webp', 0.82);
  }, png.toString('base64'));
  return Buffer.from(data.slice(data.indexOf(',') + 1), 'base64');
}

const packer = await (await desk.browser.newContext()).newPage();
for (const colorScheme of ['light', 'dark'])
  for (const width of [1280, 390]) {
    const context = await desk.newContext({ colorScheme, viewport: { width, height: width === 390 ? 844 : 800 } });
    const page = await desk.newPage(context);
    for (const [name, path] of Object.entries(pages)) {
      await desk.go(path, page);
      await page.locator('[aria-busy=true]').first().waitFor({ state: 'hidden' }).catch(() => undefined);
      await page.waitForTimeout(500);
      const png = await page.screenshot({ animations: 'disabled' });
      writeFileSync(join(folder, `${name}-${colorScheme}${width === 390 ? '-390' : ''}.webp`), await webp(packer, png));
    }
    await context.close();
  }
console.log(desk.wrongs.join('\n'));
await desk.close();
