// Journey B, what is left when the verdict has been read: a note, warnings muted, and why a phone is armed.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Desk, storiesOf } from './desk.mjs';

let desk, mac, other;
before(async () => {
  desk = await Desk.open({ phones: 8 });
  [mac, other] = desk.server.macs().filter(one => one.startsWith('001565'));
  await desk.server.phones('--makers', 'yealink', '--phones', '2');
});
after(() => desk?.close());
const story = storiesOf(() => desk);

const dialog = name => desk.page.getByRole('dialog', { name });

async function act(name) {
  await desk.page.getByRole('button', { name: 'Actions' }).click();
  await desk.page.getByRole('menuitem', { name }).click();
}

// Arming wants a fresh proof, where the last is some minutes old.
async function proved(done) {
  const passkey = desk.page.getByRole('button', { name: 'Use a passkey' });
  await passkey.or(done).first().waitFor();
  if (await passkey.isVisible()) await passkey.click();
  await done.waitFor();
}

story('R_F3_a_note_is_there_for_the_next_who_opens_the_phone', async () => {
  const { page } = desk;
  await desk.go(`/devices/${mac}`);
  await act('Note');
  await dialog('Note').getByText('no passwords').waitFor();
  await dialog('Note').getByRole('textbox').fill('Behind a second router; ask for Jo');
  await desk.axe();
  await dialog('Note').getByRole('button', { name: 'Save the note' }).click();
  await page.getByRole('region', { name: 'Note' }).getByText('Behind a second router; ask for Jo').waitFor();
  await desk.axe();
});

story('R_F3_warnings_are_muted_for_a_while_listed_and_shown_again', async () => {
  const { page } = desk;
  await act('Mute its warnings');
  await dialog('Mute its warnings').getByLabel('For how long').click();
  await page.getByRole('option', { name: 'One week' }).click();
  await dialog('Mute its warnings').getByLabel('Reason').fill('ticket 4711');
  await desk.axe();
  await dialog('Mute its warnings').getByRole('button', { name: 'Mute its warnings' }).click();
  const card = page.getByRole('region', { name: 'Muted' });
  await card.getByText(/Its warnings are muted until/).waitFor();
  await card.getByText('ticket 4711').waitFor();
  await desk.shot('device-muted');
  await desk.go('/devices?muted=true');
  await page.getByText(mac.match(/../g).join(':').toUpperCase()).first().waitFor();
  assert.equal(await page.getByText(other.match(/../g).join(':').toUpperCase()).count(), 0);
  await desk.go(`/devices/${mac}`);
  await card.getByRole('button', { name: 'Show its warnings again' }).click();
  await card.waitFor({ state: 'hidden' });
});

story('R_F3_why_a_phone_is_armed_is_in_the_trail', async () => {
  const { page } = desk;
  await act('Arm');
  await dialog('Arm this phone').getByLabel('Reason').fill('ticket 4713, handset replaced');
  await dialog('Arm this phone').getByRole('button', { name: 'Arm' }).click();
  await proved(page.getByText('The phone is armed'));
  const told = await desk.server.cli('audit', 'list', '--device', mac, '-o', 'ndjson');
  assert.ok(told.includes('ticket 4713, handset replaced'));
});
