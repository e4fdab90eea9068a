// The pages from which an operator watches and runs the house, in Chromium: each does what it says.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { after, before } from 'node:test';
import { Desk, storiesOf } from './desk.mjs';
import { waitFor } from './server.mjs';

let desk;
before(async () => {
  desk = await Desk.open({ phones: 8 });
  await desk.server.phones();
  for (const fault of ['no-certificate', 'other-device-url']) await desk.server.phones('--phones', '1', '--fault', `${fault}:1`).catch(() => undefined);
});
after(() => desk?.close());
const story = storiesOf(() => desk);

const heading = name => desk.page.getByRole('heading', { level: 1, name });
const button = name => desk.page.getByRole('button', { name, exact: true });
const dialog = () => desk.page.getByRole('dialog');

// What matters wants a fresh proof, where the last is some minutes old.
async function proved(done) {
  const passkey = desk.page.getByRole('button', { name: 'Use a passkey' });
  await passkey.or(done).first().waitFor();
  if (await passkey.isVisible()) await passkey.click();
  await done.waitFor();
}

story('R_F3_the_overview_leads_to_the_lists', async () => {
  const { page } = desk;
  await desk.go('/');
  await page.getByRole('heading', { name: 'Needs a person now' }).waitFor();
  const state = page.getByRole('list', { name: 'By state, now' });
  await state.getByRole('link', { name: /grace/ }).click();
  await heading('Devices').waitFor();
  assert.match(page.url(), /state=grace/);
});

story('R_F3_what_a_chart_shows_is_also_a_table', async () => {
  const { page } = desk;
  const asTable = page.getByRole('button', { name: 'Refusals by reason: As a table' });
  await waitFor(async () => {
    await desk.go('/');
    await page.getByRole('heading', { name: 'Refusals by reason' }).waitFor();
    return asTable.waitFor({ timeout: 5000 }).then(() => true, () => false);
  }, 'the refusals in the figures', 180);
  await asTable.click();
  const table = page.getByRole('table', { name: 'Refusals by reason' });
  await table.getByRole('columnheader', { name: 'no-certificate' }).waitFor();
  await desk.axe();
  await page.getByRole('button', { name: 'Refusals by reason: As a chart' }).click();
  await page.getByRole('link', { name: /^no-certificate/ }).first().click();
  await heading('Events').waitFor();
  assert.match(page.url(), /rule=no-certificate/);
});

story('R_C7_events_come_by_themselves_and_wait_while_paused', async () => {
  const { page } = desk;
  await desk.go('/events?refused=true');
  await page.getByRole('status').filter({ hasText: /^Live$/ }).waitFor();
  const rows = page.getByRole('row').filter({ hasText: 'no-certificate' });
  const shownBefore = await rows.count();
  await button('Pause').click();
  await desk.server.phones('--phones', '1', '--fault', 'no-certificate:1').catch(() => undefined);
  await page.getByRole('button', { name: /Go on \(\d+ new\)/ }).waitFor();
  assert.equal(await rows.count(), shownBefore);
  await page.getByRole('button', { name: /Go on/ }).click();
  await page.waitForFunction(count => [...document.querySelectorAll('tr')].filter(row => row.textContent?.includes('no-certificate')).length > count, shownBefore);
  await rows.first().getByRole('link').first().click();
  await dialog().getByText('The phone sent no certificate.').waitFor();
  await desk.axe();
  await page.keyboard.press('Escape');
});

story('R_C7_a_link_opens_an_event_that_is_not_among_those_shown_or_says_that_it_is_gone', async () => {
  const { page } = desk;
  await desk.go('/events?rule=no-certificate&event=1');
  await page.getByRole('dialog', { name: 'Event 1' }).getByText('login.one-time-made').waitFor();
  await desk.go('/events?event=99999999');
  await page.getByRole('dialog', { name: 'Event 99999999' }).getByText('This event is gone').waitFor();
  await desk.axe();
  await dialog().getByRole('button', { name: 'To the events' }).click();
  await dialog().waitFor({ state: 'hidden' });
  assert.equal(new URL(page.url()).search, '');
});

story('R_C7_a_review_is_looked_at_and_marked', async () => {
  const { page } = desk;
  await desk.go('/review');
  await page.getByText("A phone proved to be one device and asked for another's file.").waitFor();
  await page.getByRole('img', { name: /^Where it came from/ }).waitFor();
  await desk.axe();
  await desk.shot('review');
  await page.getByRole('list', { name: 'By vendor' }).getByRole('link').first().click();
  await page.getByText(/Only what .* has a part in/).waitFor();
  await button('Mark as reviewed').first().click();
  await dialog().getByLabel('Note').fill('a mislabelled phone');
  await dialog().getByRole('button', { name: 'Mark as reviewed' }).click();
  await dialog().waitFor({ state: 'hidden' });
  await desk.go('/review');
  await page.getByText('Nothing suspicious happened since the last review').waitFor();
});

story('R_C4_a_network_is_banned_and_let_in_again', async () => {
  const { page } = desk;
  await desk.go('/bans?network=192.0.2.0/24');
  await dialog().getByLabel('Reason').fill('a test');
  await dialog().getByRole('button', { name: 'Ban a network' }).click();
  await page.getByRole('cell', { name: '192.0.2.0/24', exact: true }).waitFor();
  await desk.axe();
  await page.getByRole('button', { name: 'Lift: 192.0.2.0/24' }).click();
  await dialog().getByRole('button', { name: 'Lift' }).click();
  await page.getByText('No network is banned.').waitFor();
});

story('R_C4_what_the_server_refuses_keeps_what_was_typed', async () => {
  const { page } = desk;
  await desk.go('/bans?network=0.0.0.0/0');
  await dialog().getByLabel('Reason').fill('everyone');
  await dialog().getByRole('button', { name: 'Ban a network' }).click();
  await dialog().getByRole('alert').waitFor();
  assert.equal(await dialog().getByLabel('Address or network').inputValue(), '0.0.0.0/0');
  await page.keyboard.press('Escape');
});

story('R_A9_a_vendor_says_first_what_it_cannot_do', async () => {
  const { page } = desk;
  await desk.go('/vendors');
  await page.getByRole('searchbox').fill('yealink');
  await page.getByRole('link', { name: 'Yealink' }).click();
  await page.getByRole('heading', { name: /What it can’t do/ }).waitFor();
  await page.getByRole('table', { name: 'What the paper asks of client certificates' }).waitFor();
  await desk.axe();
});

story('R_A4_a_ca_that_no_vendor_file_knows_needs_its_fingerprint_from_elsewhere', async () => {
  const { page } = desk;
  const pem = execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', '/dev/null', '-subj', '/CN=Some Root'], { stdio: ['ignore', 'pipe', 'ignore'] });
  await desk.go('/trust');
  await button('Import a CA').click();
  await page.locator('input[type=file]').setInputFiles({ name: 'root.pem', mimeType: 'application/x-pem-file', buffer: pem });
  await proved(dialog().getByText('No vendor file knows this certificate'));
  await desk.axe();
  await dialog().getByLabel('The fingerprint the vendor gave you').fill('ab'.repeat(32));
  await dialog().getByText('That is not the fingerprint of this file').waitFor();
  await dialog().getByLabel('It is a CA of').fill('Yealink');
  await page.getByRole('option', { name: 'Yealink' }).click();
  await dialog().getByLabel('As').click();
  await page.getByRole('option').first().click();
  const take = dialog().getByRole('button', { name: 'It is the same: import' });
  assert.ok(await take.isDisabled(), 'not with another fingerprint');
  const fingerprint = new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();
  const listed = page.getByRole('button', { name: `Copy: ${fingerprint.slice(0, 24)}…` });
  assert.equal(await listed.count(), 0);
  await dialog().getByLabel('The fingerprint the vendor gave you').fill(fingerprint.toUpperCase());
  await take.click();
  await dialog().getByText('imported', { exact: true }).waitFor();
  await dialog().getByRole('button', { name: 'Close' }).last().click();
  await listed.waitFor();
});

story('R_F2_a_tenant_is_added_and_given_settings', async () => {
  const { page } = desk;
  await desk.go('/tenants');
  await button('Add a tenant').click();
  await dialog().getByLabel('Name', { exact: false }).first().fill('Fjord Hotels');
  await dialog().getByRole('button', { name: 'Add a tenant' }).click();
  await heading('Fjord Hotels').waitFor();
  assert.match(page.url(), /\/tenants\/fjord-hotels$/);
  await button('Add a setting').click();
  await dialog().getByRole('button', { name: 'Add a setting' }).click();
  await dialog().getByLabel('Setting', { exact: true }).fill('time.zone');
  await dialog().getByRole('textbox', { name: /^Value/ }).fill('Europe/Oslo');
  await dialog().getByRole('button', { name: 'Change the settings' }).click();
  await page.getByText('Europe/Oslo').waitFor();
  await desk.axe();
});

story('R_F2_a_question_about_one_tenant_is_not_asked_about_another', async () => {
  const { page } = desk;
  await desk.go('/tenants/acme');
  await page.evaluate(() => {
    history.pushState(null, '', '/tenants/fjord-hotels'); // as links do
    dispatchEvent(new PopStateEvent('popstate'));
  });
  await heading('Fjord Hotels').waitFor();
  await button('Edit').first().click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await dialog().getByText('Fjord Hotels').waitFor();
  await page.goBack();
  await heading('Acme Telephony').waitFor();
  assert.equal(await dialog().count(), 0);
});

story('R_F2_a_person_gets_a_link_that_is_shown_once', async () => {
  const { page } = desk;
  await desk.go('/people');
  await button('Add a person').first().click();
  await dialog().getByLabel('Name').fill('Mia Lund');
  await dialog().getByLabel('Login').fill('mia');
  await dialog().getByRole('button', { name: 'Add a person' }).click();
  await proved(dialog().getByText('It works once.'));
  assert.match(await dialog().getByRole('status').innerText(), /^https:\/\/localhost:\d+\/login#token=/);
  await page.keyboard.press('Escape'); // not before it is said to be kept
  await page.evaluate(() => {
    const { writeText } = navigator.clipboard;
    navigator.clipboard.writeText = () => {
      navigator.clipboard.writeText = writeText;
      return Promise.reject(new Error('not allowed'));
    };
  });
  await dialog().getByRole('button', { name: 'Copy', exact: true }).click();
  await dialog().getByText('Not copied: mark it and copy it yourself').click();
  await dialog().getByText('Copied').waitFor();
  await dialog().getByRole('checkbox').check();
  await dialog().getByRole('button', { name: 'Done' }).click();
  await page.getByRole('row').filter({ hasText: 'mia' }).getByText('not set up yet').waitFor();
  await desk.axe();
});

story('R_F2_a_token_is_shown_once_and_revoked', async () => {
  const { page } = desk;
  await desk.go('/people?tab=tokens');
  await button('Make a token').first().click();
  await dialog().getByLabel('Name').fill('billing');
  await dialog().getByRole('button', { name: 'Make a token' }).click();
  await proved(dialog().getByRole('status'));
  const token = await dialog().getByRole('status').innerText();
  assert.ok(token.length > 30);
  const asked = () => page.evaluate(async held => (await fetch('/v1/devices', { credentials: 'omit', headers: { Authorization: `Bearer ${held}` } })).status, token);
  await dialog().getByRole('checkbox').check();
  await dialog().getByRole('button', { name: 'Done' }).click();
  await page.getByRole('cell', { name: 'billing', exact: true }).waitFor();
  assert.equal(await asked(), 200);
  await page.getByRole('button', { name: 'Revoke: billing', exact: true }).click();
  await dialog().getByRole('button', { name: 'Revoke' }).click();
  await proved(page.getByText('No program has a token.'));
  assert.equal(await asked(), 401);
});

story('R_C7_the_trail_names_who_and_what', async () => {
  const { page } = desk;
  await desk.go('/audit?kind=ban.added');
  await page.getByRole('cell', { name: /a test/ }).waitFor();
  assert.equal(await page.getByRole('cell', { name: 'delivery.ended' }).count(), 0);
  await button('Clear the filter').click();
  await page.getByRole('cell', { name: 'delivery.ended' }).first().waitFor();
  await page.getByRole('textbox', { name: 'Kind, such as device.armed' }).pressSequentially('ban');
  await page.waitForURL(/kind=ban$/);
  await page.keyboard.type('.added'); // it has the focus yet
  await page.waitForURL(/kind=ban\.added$/);
  await page.getByRole('button', { name: 'Copy the signed line' }).click();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^provost-audit-head 1 key=/);
});

story('R_F5_a_trunk_is_added_and_its_file_shown_once', async () => {
  const { page } = desk;
  await desk.go('/trunks');
  await button('Add a trunk').first().click();
  await dialog().getByLabel('Tenant').fill('Acme');
  await page.getByRole('option', { name: 'Acme Telephony' }).click();
  await dialog().getByLabel('Account at the registrar').fill('pbx1');
  await dialog().getByLabel('Kind of PBX').fill('Asterisk');
  await page.getByRole('option', { name: 'Asterisk' }).click();
  await dialog().getByRole('button', { name: 'Add a trunk' }).click();
  await page.getByRole('button', { name: 'Show its file: pbx1' }).click();
  await dialog().getByRole('button', { name: 'Show its file' }).click();
  await proved(dialog().getByText('It holds the password'));
  assert.match(await dialog().getByRole('status').innerText(), /pbx1/);
  await dialog().getByRole('checkbox').check();
  await dialog().getByRole('button', { name: 'Done' }).click();
  await dialog().waitFor({ state: 'hidden' });
  assert.equal(await page.getByRole('button', { name: 'Show its file: pbx1' }).count(), 0);
});

story('R_C8_the_server_shows_its_doors_keys_and_backup', async () => {
  const { page } = desk;
  await desk.go('/server');
  await page.getByRole('cell', { name: 'main' }).waitFor();
  await button('Close it now').click();
  await dialog().getByRole('button', { name: 'Close it now' }).click();
  await proved(page.getByText('The epoch is closed'));
  await page.getByLabel('To which file').fill(`${desk.server.folder}/backup.db`);
  await page.keyboard.press('Enter');
  await proved(page.getByRole('note').filter({ hasText: 'backup.db' }));
  await desk.axe();
});

story('R_F3_the_report_prints_without_the_frame', async () => {
  const { page } = desk;
  await desk.go('/report');
  await page.getByRole('list', { name: 'By vendor' }).waitFor();
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.getByRole('navigation').isVisible(), false);
  assert.equal(await button('Print').isVisible(), false);
  assert.equal(await page.getByRole('list', { name: 'By vendor' }).isVisible(), true);
  await page.emulateMedia({ media: null });
});
