// A support engineer finds a phone by the end of its MAC, and opens its own web interface for a while.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Desk, storiesOf } from './desk.mjs';
import { waitFor } from './server.mjs';

let desk, mac;
before(async () => {
  desk = await Desk.open({ phones: 4 });
  mac = desk.server.macs().find(one => one.startsWith('001565'));
  await desk.server.phones();
});
after(() => desk?.close());
const story = storiesOf(() => desk);

const calls = () => desk.server.phones('--makers', 'yealink', '--phones', '1');
const dialog = () => desk.page.getByRole('dialog', { name: 'Diagnostic window' });
const card = () => desk.page.getByRole('region', { name: 'Diagnostic window' });
const secondsIn = text => text.match(/(\d+):(\d\d) left/).slice(1).reduce((sum, one) => sum * 60 + Number(one), 0);

story('R_F3_ctrl_k_finds_a_device_by_its_last_four_digits_and_opens_it', async () => {
  const { page } = desk;
  await desk.server.cli('device', 'add', '00:15:65:12:8a:3c', '--tenant', 'acme', '--model', 'T54W');
  await desk.go('/');
  await page.keyboard.press('Control+k');
  const search = page.getByRole('dialog');
  await search.getByRole('textbox', { name: 'Search' }).waitFor();
  await page.keyboard.type('8A3C');
  await search.getByRole('button', { name: '00:15:65:12:8A:3C' }).waitFor();
  await desk.axe();
  await page.keyboard.press('Enter');
  await page.getByTestId('verdict').filter({ hasText: 'never seen' }).waitFor();
  assert.equal(new URL(page.url()).pathname, '/devices/001565128a3c');
});

let password;

story('R_B6_a_window_opens_for_who_proved_themselves_and_gave_a_reason', async () => {
  const { page } = desk;
  desk.server.ageProofs(6);
  await desk.go(`/devices/${mac}`);
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Diagnostic window' }).click();
  const open = dialog().getByRole('button', { name: 'Open a window' });
  assert.ok(await open.isDisabled(), 'not without a reason');
  await dialog().getByLabel('Reason').fill('ticket 4711, one-way audio');
  await desk.axe();
  await open.click();
  const proof = page.getByRole('dialog', { name: 'Prove that it is you' });
  await proof.getByRole('button', { name: 'Use a passkey' }).click();
  const told = dialog().getByRole('status', { name: 'Password' });
  await told.waitFor();
  password = await told.innerText();
  assert.match(password, /^\S{24}$/);
  await dialog().getByText('https://127.0.0.1/').waitFor();
  await desk.axe();
  await desk.shot('diagnostics');
});

story('R_B6_its_password_does_not_go_by_mistake_and_comes_never_again', async () => {
  const { page } = desk;
  await page.keyboard.press('Escape');
  await page.mouse.click(5, 5);
  assert.equal(await dialog().getByRole('status', { name: 'Password' }).innerText(), password);
  const done = dialog().getByRole('button', { name: 'Done' });
  assert.ok(await done.isDisabled(), 'not before it is kept');
  await dialog().getByRole('checkbox').check();
  await done.click();
  await dialog().waitFor({ state: 'hidden' });
  await page.reload();
  await card().getByText('ticket 4711, one-way audio').waitFor();
  assert.equal((await page.content()).includes(password), false);
  const answer = await page.evaluate(async path => (await fetch(path)).text(), `/v1/devices/${mac}/diagnostics`);
  assert.ok(answer.includes('ticket 4711'));
  assert.equal(answer.includes(password), false);
});

story('R_B6_it_counts_down_and_closes_with_the_next_visit', async () => {
  const { page } = desk;
  await card().waitFor();
  const left = card().getByText(/\d+:\d\d left/);
  const before = secondsIn(await left.innerText());
  assert.ok(before > 29 * 60 - 60 && before <= 30 * 60, `${before} s`);
  await waitFor(async () => secondsIn(await left.innerText()) <= before - 2, 'it ticks');
  await card().getByText('The phone has not come for it yet').waitFor();
  await calls();
  await page.getByTestId('verdict').filter({ hasText: /diagnostic/i }).waitFor();
  await desk.axe();
  await desk.shot('device-diagnostics');
  await card().getByRole('button', { name: 'Close the window now' }).click();
  await page.getByText('The window closes at the phone’s next call home').waitFor();
  await calls();
  await card().waitFor({ state: 'hidden' });
});
