// A browser at the desk of a server of its own, over the admin listener: signed in by a one-time login and a passkey of
// Chromium's virtual authenticator. What pages do wrong (exceptions, policy violations, failed scripts) is kept and fails
// the test; axe looks at what is shown.
import { AxeBuilder } from '@axe-core/playwright';
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import { Server, source } from './server.mjs';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const asked = /status of (40[0134]|409|412|422|429)/; // answers that pages ask for and show

export async function launch(server) {
  // The listener's own certificate counts as good, and no other: Chromium has no passkeys where certificates fail.
  const args = [`--ignore-certificate-errors-spki-list=${server.publicKeys().join(',')}`];
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  return chromium.launch({ executablePath, args });
}

// A security key that is always touched, and knows its owner.
export async function addAuthenticator(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', { options });
  return { cdp, authenticatorId };
}

export class Desk {
  static async open({ signedIn = true, ...options } = {}) {
    const desk = new Desk();
    try {
      desk.server = await Server.start(options);
      desk.base = desk.server.admin;
      desk.browser = await launch(desk.server);
      desk.wrongs = [];
      desk.context = await desk.newContext();
      desk.page = await desk.newPage();
      if (signedIn) await desk.signIn();
      return desk;
    } catch (error) {
      await desk.close(); // nobody else has it yet
      throw error;
    }
  }

  async newContext(options = {}) {
    const context = await this.browser.newContext({
      viewport: { width: 1280, height: 800 },
      locale: 'en-GB',
      reducedMotion: 'reduce', // axe measures what is there, not what fades in
      permissions: ['clipboard-read', 'clipboard-write'],
      ...(this.state && { storageState: this.state }),
      ...options,
    });
    context.setDefaultTimeout(90_000);
    await context.addInitScript(() => {
      window.addEventListener('securitypolicyviolation', event => {
        console.error(`CSP ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
      });
    });
    return context;
  }

  async newPage(context = this.context) {
    const page = await context.newPage();
    page.on('pageerror', error => this.wrongs.push(`exception: ${error.message}`));
    page.on('console', message => {
      const text = message.text();
      if (message.type() === 'error' && !asked.test(text)) this.wrongs.push(text.slice(0, 300));
    });
    return page;
  }

  // The first person, as the server's console lets in: one-time login, passkey, recovery codes.
  async signIn(page = this.page) {
    this.authenticator = await addAuthenticator(page);
    await page.goto(this.base + (await this.server.oneTimeLogin()));
    await page.getByRole('button', { name: 'Make a passkey' }).click();
    await page.getByRole('button', { name: 'Show my recovery codes' }).click();
    this.recoveryCodes = await page.getByRole('listitem').filter({ hasText: /^[a-z0-9-]{10,}$/i }).allInnerTexts();
    await page.getByLabel('I have printed or kept them').check();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('button', { name: 'My account' }).waitFor();
    this.state = await page.context().storageState();
  }

  async go(path, page = this.page) {
    await page.goto(this.base + path);
    await page.locator('h1').waitFor();
  }

  // No page may break a rule of WCAG 2.2 AA that a program can see. (The mode called legacy looks at a page in the page
  // itself, in half the time; the other is for pages with frames of other origins.)
  async axe(page = this.page) {
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    const told = violations.map(one => `${one.id}: ${one.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' | ')}`);
    assert.deepEqual(told, [], page.url());
  }

  // Kept for people to look at; docs/images gets its pictures from here.
  async shot(name, page = this.page) {
    const folder = join(source, 'build/log/web');
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  }

  assertClean() {
    assert.deepEqual(this.wrongs, []);
  }

  async close() {
    try {
      await this.browser?.close();
    } finally {
      await this.server?.stop();
    }
  }
}

// test(), but a story that fails leaves a picture, and what it went wrong on.
export function storiesOf(desk) {
  return (name, tell) =>
    test(name, async () => {
      try {
        await tell();
        desk().assertClean();
      } catch (error) {
        await desk()?.shot(`failed-${name}`).catch(() => {}); // a page that hangs must not hide why it failed
        console.error((await desk()?.page.locator('body').innerText().catch(() => ''))?.slice(0, 1500));
        console.error(desk()?.wrongs);
        throw error;
      } finally {
        if (desk()) desk().wrongs = [];
      }
    });
}
