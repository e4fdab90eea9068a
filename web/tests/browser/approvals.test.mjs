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
  const dialog = bob.getByRole('dialog');
  await dialog.getByText(/8 devices · acme/).waitFor();
  await dialog.getByText(/SHA-256 [0-9a-f]{64}/).waitFor();
  await desk.axe(bob);
  await desk.shot('approvals-arm', bob);
  await dialog.getByRole('button', { name: 'Approve', exact: true }).click();
  await bob.getByText('Approved and done').waitFor();
  await bob.getByText('Nothing waits for a second person.').waitFor();
  await waitFor(async () => (await armings()) === before + 8, 'eight armings more');
  await desk.go('/approvals');
  await page.getByText('Nothing waits for a second person.').waitFor();
});

story('R_F2_a_ca_stays_trusted_where_another_person_rejects_its_removal', async () => {
  const { page } = desk;
  await desk.go('/trust');
  const remove = page.getByRole('button', { name: /^Remove: yealink/ }).first();
  await neverAskedTwice(page, remove);
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('A second person must agree first').waitFor();

  await desk.go('/approvals', bob);
  await bob.getByRole('button', { name: /^Reject: Take a row of the trust list away/ }).click();
  const dialog = bob.getByRole('dialog');
  await dialog.getByText(/phones of yealink/).waitFor();
  await dialog.getByText(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/).waitFor();
  await desk.axe(bob);
  await desk.shot('approvals-trust', bob);
  await dialog.getByRole('button', { name: 'Reject', exact: true }).click();
  await bob.getByText('It will not be done').first().waitFor();
  await desk.go('/approvals');
  await page.getByText('Nothing waits for a second person.').waitFor();
  await desk.go('/trust');
  await remove.waitFor();
});
