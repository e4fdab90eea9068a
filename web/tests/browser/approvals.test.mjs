// What two persons decide, in Chromium: one asks, the other reads what will happen, and approves or rejects; both see
// what became of it.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Desk, addAuthenticator, storiesOf } from './desk.mjs';
import { waitFor } from './server.mjs';

let desk;
let bob; // the second person's page
before(async () => {
  desk = await Desk.open({ phones: 8, more: () => 'approvals: {trust: yes, devices: 3}\n' });
  bob = await secondPerson();
});
after(() => desk?.close());
const story = storiesOf(() => desk);

// Made on the host, so that nobody else could be it.
async function secondPerson() {
  const made = JSON.parse(await desk.server.cli('-o', 'json', 'person', 'add', 'bob', '--role', 'platform'));
  const page = await desk.newPage(await desk.newContext({ storageState: undefined }));
  await addAuthenticator(page);
  await page.goto(desk.base + made.login_url_path);
  await page.getByRole('button', { name: 'Make a passkey' }).click();
  await page.getByRole('button', { name: 'Show my recovery codes' }).click();
  await page.getByLabel('I have printed or kept them').check();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('button', { name: 'My account' }).waitFor();
  return page;
}

// A reason that was typed and not sent is not offered where the dialog is opened again. Leaves it open.
async function neverAskedTwice(page, opener) {
  const why = page.getByRole('dialog').getByLabel('Why');
  await opener.click();
  await why.fill('for another');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await why.waitFor({ state: 'detached' });
  await opener.click();
  assert.equal(await why.inputValue(), '');
}

const armings = async () => (await desk.server.cli('-o', 'ndjson', 'event', 'list', '--kind', 'device.armed')).split('\n').filter(Boolean).length;

story('R_F2_many_devices_are_armed_once_another_person_has_agreed', async () => {
  const { page } = desk;
  const before = await armings();
  await desk.go('/devices');
  await page.getByRole('checkbox', { name: 'Choose all that are loaded' }).check();
  await neverAskedTwice(page, page.getByRole('button', { name: 'Arm', exact: true }));
  await page.getByRole('dialog').getByRole('button', { name: /^Arm \d+ devices$/ }).click();
  await page.getByText('A second person must agree first').waitFor();
  await desk.axe();
  assert.equal(await armings(), before, 'nothing is done yet');
  await page.getByRole('link', { name: 'Approvals' }).last().click();
  await page.getByRole('button', { name: /^Withdraw: Arm many devices/ }).waitFor();
  assert.equal(await page.getByRole('button', { name: /^Approve:/ }).count(), 0, 'nobody approves its own');

  await desk.go('/approvals', bob);
  await bob.getByRole('button', { name: /^Approve: Arm many devices/ }).click();
  const dialog = bob.getByRole('dialog', { name: /^Approve what .+ asked for$/ });
  await dialog.getByText(/8 devices · acme/).waitFor();
  await dialog.getByText('and 2 more').waitFor(); // of those that the call names
  await dialog.getByText(/SHA-256 [0-9a-f]{64}/).waitFor();
  await desk.axe(bob);
  await desk.shot('approvals-arm', bob);
  await dialog.getByRole('button', { name: 'Show all of it' }).click();
  await dialog.getByText(desk.server.macs().at(-1)).waitFor();
  await dialog.getByRole('button', { name: 'Approve and do it now', exact: true }).click();
  await bob.getByText('Approved: the server does it now').waitFor();
  await bob.getByText('Nothing waits for a second person.').waitFor();
  await waitFor(async () => (await armings()) === before + 8, 'eight armings more');
  await desk.go('/approvals');
  await page.getByText('Nothing waits for a second person.').waitFor();
});

// What the server trusts and refuses, and what its audit trail says of decisions.
const trusted = async () => (await desk.server.cli('-o', 'ndjson', 'vendor', 'trust', 'list')).trim().split('\n').toSorted();
const dropped = async () => (await desk.server.cli('-o', 'ndjson', 'audit', 'list', '--kind', 'approval.dropped')).split('\n').filter(Boolean).length;

// Asks for the removal of a CA; answers the button that did.
async function askForRemoval(page) {
  await desk.go('/trust');
  const remove = page.getByRole('button', { name: /^Remove: yealink/ }).first();
  await neverAskedTwice(page, remove);
  await page.getByRole('dialog').getByLabel('Why').fill('no longer sold');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('A second person must agree first').waitFor();
  return remove;
}

story('R_F2_a_ca_stays_trusted_where_another_person_rejects_its_removal', async () => {
  const { page } = desk;
  const before = await trusted();
  const remove = await askForRemoval(page);
  const label = await remove.getAttribute('aria-label');
  const rows = await page.getByRole('button', { name: /^Remove: / }).count();

  await desk.go('/approvals', bob);
  await bob.getByRole('button', { name: /^Reject: Take a row of the trust list away/ }).click();
  const dialog = bob.getByRole('dialog', { name: /^Reject what .+ asked for$/ });
  await dialog.getByText(/phones of yealink/).waitFor();
  await dialog.getByText(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/).waitFor();
  await dialog.getByText('no longer sold').first().waitFor();
  await desk.axe(bob);
  await desk.shot('approvals-trust', bob);
  assert.equal(await dropped(), 0, 'nothing is decided yet');
  await dialog.getByRole('button', { name: 'Reject it', exact: true }).click();
  await waitFor(async () => (await dropped()) === 1, 'the decision');
  await bob.getByText('Rejected: it is not done').waitFor();
  assert.deepEqual(await trusted(), before, 'the CA is trusted as before');
  await desk.go('/approvals');
  await page.getByText('Nothing waits for a second person.').waitFor();
  await desk.go('/trust');
  await page.getByRole('button', { name: label, exact: true }).first().waitFor();
  assert.equal(await page.getByRole('button', { name: /^Remove: / }).count(), rows);
});

story('R_F2_whoever_asked_withdraws_it', async () => {
  const { page } = desk;
  const [before, decided] = [await trusted(), await dropped()];
  await askForRemoval(page);
  await desk.go('/approvals');
  await page.getByRole('button', { name: /^Withdraw: Take a row of the trust list away/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Withdraw what you asked for' });
  await dialog.getByText('nobody can approve it any more').waitFor();
  await desk.axe();
  await dialog.getByRole('button', { name: 'Withdraw it', exact: true }).click();
  await waitFor(async () => (await dropped()) === decided + 1, 'the decision');
  await page.getByText('Withdrawn: it is not done').waitFor();
  await page.getByText('Nothing waits for a second person.').waitFor();
  assert.deepEqual(await trusted(), before);
});
