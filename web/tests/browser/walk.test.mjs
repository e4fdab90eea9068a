// A walk through all pages: both themes, both languages, wide and narrow, keyboard; nothing is blocked, nothing breaks.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { Desk, storiesOf } from './desk.mjs';
import { source } from './server.mjs';

// A registrar that is away, and resyncs with nowhere to go: enough for their pages to have something on them.
function more({ home }) {
  writeFileSync(join(home, 'keys/registrar.key'), `whsec_${Buffer.alloc(32, 'r').toString('base64')}\n`, { mode: 0o600 });
  return 'registrars:\n  - {name: hook, kind: webhook, url: "http://localhost:9/hook", key: keys/registrar.key}\nresync: {}\n';
}

// Where the list of long work leads: to an import and a resync.
async function jobLinks() {
  await desk.server.cli('tenant', 'resync', 'acme');
  const { items } = await desk.page.evaluate(async () => (await fetch('/v1/jobs')).json());
  return Object.fromEntries(items.map(one => [one.kind, one.link]));
}

let desk, paths;
before(async () => {
  desk = await Desk.open({ phones: 16, more });
  await desk.server.phones();
  const [mac] = desk.server.macs();
  const links = await jobLinks();
  // The route list itself says which pages there are.
  const routes = readFileSync(join(source, 'web/src/app/routes.ts'), 'utf8');
  const known = {
    '/devices/:mac': `/devices/${mac}`,
    '/imports/:job': links.import,
    '/registrars/:id': '/registrars/hook',
    '/resyncs/:id': links.resync,
    '/tenants/:slug': '/tenants/acme',
    '/vendors/:vendor': '/vendors/yealink',
  };
  paths = [...routes.matchAll(/path: '([^']+)'/g)].map(([, path]) => (path.includes(':') ? known[path] : path));
  assert.ok(paths.length > 20 && paths.every(Boolean), `a page of which the walk knows no real address: ${routes}`);
  paths.push('/nowhere');
});
after(() => desk?.close());
const story = storiesOf(() => desk);

// Whatever loads has come, and no skeleton is left.
async function settled(page) {
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'hidden' });
  await page.waitForTimeout(200); // not until the network rests: streams of events never do
}

async function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

for (const colorScheme of ['light', 'dark'])
  story(`R_F3_every_page_keeps_the_rules_of_wcag_${colorScheme}`, async () => {
    const context = await desk.newContext({ colorScheme });
    const page = await desk.newPage(context);
    for (const path of paths) {
      await desk.go(path, page);
      await settled(page);
      await desk.axe(page);
    }
    await context.close();
  });

story('R_F3_every_page_fits_390_pixels_and_speaks_german', async () => {
  const context = await desk.newContext({ viewport: { width: 390, height: 844 }, locale: 'de-DE' });
  const page = await desk.newPage(context);
  for (const path of paths) {
    await desk.go(path, page);
    await settled(page);
    assert.equal(await page.locator('html').getAttribute('lang'), 'de');
    assert.ok((await overflow(page)) <= 0, `${path} is wider than the window`);
  }
  await context.close();
});

story('R_F3_keyboard_alone', async () => {
  const { page } = desk;
  await desk.go('/devices');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Skip to content');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'content');
  await page.keyboard.press('Control+k');
  const search = page.getByRole('dialog').getByRole('textbox', { name: 'Search' });
  await search.waitFor();
  await desk.axe();
  await page.keyboard.type('import');
  await page.getByRole('button', { name: 'Import' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Import devices' }).waitFor();
});

story('R_F3_theme_and_language_are_kept', async () => {
  const context = await desk.newContext();
  const page = await desk.newPage(context);
  await desk.go('/devices', page);
  await page.getByRole('button', { name: 'My account' }).click();
  await page.getByText('Dark', { exact: true }).click();
  await page.getByText('Deutsch').click();
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Geräte' }).waitFor();
  assert.equal(await page.locator('html').getAttribute('data-mantine-color-scheme'), 'dark');
  await context.close();
});
