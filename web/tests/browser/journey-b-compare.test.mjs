// Journey B, what is left when the verdict has been read: another phone beside this one, and the link that hands the view
// over.
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

story('R_F3_a_phone_is_compared_with_one_of_its_model_that_works', async () => {
  const { page } = desk;
  await desk.server.cli('device', 'set', mac, '--set', 'time.zone=Europe/Rome');
  await desk.go(`/devices/${mac}`);
  await page.getByRole('tab', { name: 'Compare' }).click();
  await page.getByText('Beside the phone of its model that was served last').waitFor();
  const pairs = other.match(/../g).join(':').toUpperCase();
  await page.getByRole('link', { name: pairs }).waitFor();
  const facts = page.getByRole('table', { name: 'Beside each other' });
  await facts.getByRole('row').filter({ hasText: 'Verdict' }).filter({ hasText: /values have changed/ }).waitFor();
  assert.equal(await facts.getByText('old-content', { exact: true }).count(), 0, 'words, not what programs call it');
  const differences = page.getByRole('table', { name: 'What is different in their files' });
  await differences.getByRole('row').filter({ hasText: 'time.zone' }).filter({ hasText: 'tenant acme' }).first().waitFor();
  await differences.getByText('each its own').first().waitFor();
  await desk.axe();
  await desk.shot('device-compare');
  await page.getByRole('textbox', { name: 'Compare with (MAC)' }).fill(mac);
  await page.getByText("can't be compared with itself").waitFor();
  await page.getByRole('textbox', { name: 'Compare with (MAC)' }).fill(pairs);
  await page.getByText('Beside the phone that you named').waitFor();
  assert.match(page.url(), /tab=compare.*with=/);
});

story('R_F3_a_link_hands_the_view_over_with_what_it_is_narrowed_down_to', async () => {
  const { page } = desk;
  await desk.go(`/devices/${mac}?tab=configuration`);
  await page.getByRole('textbox', { name: 'Filter by name, value or setting' }).fill('ntp');
  await page.waitForURL(/text=ntp/);
  await page.getByRole('button', { name: 'Copy the link to this view' }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.goto(link);
  await page.getByText('ntp.acme.example').waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Filter by name, value or setting' }).inputValue(), 'ntp');
  assert.equal(await page.getByText('account.1.sip_server.1.address').count(), 0);
});
