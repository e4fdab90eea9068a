// Photographs pages: node tests/browser/shoot.mjs URL FOLDER PATH...   (each in both themes, wide and narrow)
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [, , base, folder, ...paths] = process.argv;
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
for (const colorScheme of ['light', 'dark'])
  for (const [name, width, height] of [['1280', 1280, 800], ['390', 390, 844]]) {
    const context = await browser.newContext({ colorScheme, viewport: { width, height }, locale: process.env.LOCALE ?? 'en-GB', ignoreHTTPSErrors: true });
    const page = await context.newPage();
    page.on('console', message => { if (message.type() === 'error') console.log(colorScheme, name, message.text().slice(0, 300)); });
    page.on('pageerror', error => console.log(colorScheme, name, String(error).slice(0, 300)));
    for (const path of paths) {
      await page.goto(base + path, { waitUntil: 'networkidle' });
      await page.waitForTimeout(300);
      const file = `${path.replace(/\?.*/, '').replaceAll('/', '-').replace(/^-/, '') || 'overview'}-${colorScheme}-${name}.png`;
      await page.screenshot({ path: join(folder, file), animations: 'disabled' });
    }
    await context.close();
  }
await browser.close();
