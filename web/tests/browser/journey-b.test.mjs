// Journey B: a support engineer is told "my phone does not provision", and reads why.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before } from 'node:test';
import { Desk, storiesOf } from './desk.mjs';

let desk, mac;
before(async () => {
  // Loopback counts like any other network but where the phones usually are, so that one address can be banned.
  desk = await Desk.open({ phones: 8, more: () => 'guard: {allow: ["127.0.0.1"]}\n' });
  mac = desk.server.macs().find(one => one.startsWith('001565'));
});
after(() => desk?.close());
const story = storiesOf(() => desk);

const verdict = () => desk.page.getByTestId('verdict');

// A phone that is refused is not what the simulator expects of one without a fault; what came of it the page says.
async function calls(fault, maker = 'yealink') {
  await desk.server.phones('--makers', maker, '--phones', '1', ...(fault ? ['--fault', `${fault}:1`] : [])).catch(() => undefined);
}

// The first phone of a vendor: the one that calls() lets call.
async function macOf(vendor) {
  const rows = (await desk.server.cli('device', 'list', '--vendor', vendor, '-o', 'ndjson')).trim().split('\n');
  const macs = new Set(rows.map(row => JSON.parse(row).mac));
  return desk.server.macs().find(one => macs.has(one));
}

async function expectVerdict(text) {
  await desk.page.getByTestId('verdict').filter({ hasText: text }).waitFor();
}

story('R_F3_a_phone_that_never_came', async () => {
  await desk.go(`/devices/${mac}`);
  assert.match(await verdict().innerText(), /never|not been seen|No contact/i);
  await desk.page.getByText('No contact is on record').waitFor();
  await desk.axe();
});

// What the server saw, what the page must say of it.
const rows = [
  ['no-certificate', 'The phone sent no certificate', /factory/],
  ['unknown-ca', 'No imported vendor CA vouches', "Import the vendor's CA"],
  ['expired', 'certificate has ended', "Check the server's clock"],
  ['not-yet-valid', 'not valid yet', "server's clock"],
  ['generic', 'the same in every phone', 'Replace the phone'],
  ['wrong-path', 'the URL in the phone is wrong', /Right URL|Correct the URL/],
  ['other-device-url', 'cloned configuration or wrong label. Not served', 'Reset the phone'],
  ['tls10', 'offered only TLS 1.0', 'Update its firmware'],
];

for (const [fault, saw, next] of rows)
  story(`R_F3_the_verdict_comes_first_${fault.replaceAll('-', '_')}`, async () => {
    await calls(fault);
    await desk.go(`/devices/${mac}`);
    await expectVerdict(new RegExp(saw));
    await desk.page.getByRole('region', { name: 'Verdict' }).getByText(next).first().waitFor();
  });

// Who does not know our authority says so in TLS, and nothing else.
function refusesUs() {
  const [port] = desk.server.ports;
  const asked = spawnSync('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, '-servername', 'localhost', '-verify_return_error', '-no-CAfile', '-no-CApath', '-no-CAstore'], { input: '', encoding: 'utf8' });
  assert.match(asked.stderr, /verify error/);
}

story('R_F3_the_verdict_comes_first_where_the_phone_refuses_us', async () => {
  refusesUs();
  await desk.go(`/devices/${mac}`);
  await expectVerdict("closed with 'unknown CA'");
  await desk.page.getByRole('region', { name: 'Verdict' }).getByText('Update its firmware').waitFor();
  await desk.axe();
});

story('R_F3_a_delivery_shows_up_while_the_page_is_open', async () => {
  await desk.go(`/devices/${mac}`);
  await calls();
  await expectVerdict('Served correctly');
  await desk.axe();
  await desk.shot('device');
});

story('R_F3_the_engineer_sees_file_layers_changes_and_no_secret', async () => {
  const { page } = desk;
  await page.getByRole('tab', { name: 'Configuration' }).click();
  await page.getByText('account.1.sip_server.1.address').waitFor();
  await page.getByText('tenant acme').first().waitFor();
  await page.getByText('secret, never shown').first().waitFor();
  await desk.axe();
  await page.getByRole('tab', { name: 'File' }).click();
  await page.getByText('auto_provision.server.url').first().waitFor();
  const file = await page.getByRole('region', { name: /^File/ }).innerText();
  const password = /^account\.1\.password = (.*)$/m.exec(file)?.[1] ?? '';
  assert.match(password, /^[^A-Za-z0-9]+$/, 'masked');
  await page.getByRole('tab', { name: 'Changes' }).click();
  await page.getByText('The phone has this').waitFor();
  await desk.server.cli('device', 'set', mac, '--set', 'time.zone=Europe/Berlin');
  await page.reload();
  await page.getByText('Germany(Berlin)').waitFor();
  await desk.axe();
  await page.getByRole('tab', { name: 'Deliveries' }).click();
  await page.getByText('first, with its secrets').waitFor();
  await page.getByRole('tab', { name: 'Hardening' }).click();
  await page.getByText('the phone verifies our certificate').waitFor();
  await desk.axe();
});

story('R_F3_what_to_tell_the_customer_is_copied', async () => {
  const { page } = desk;
  await page.getByRole('button', { name: 'Copy for the customer' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /^Your phone 00:15:65/);
  assert.match(copied, /Your (phone has its settings|settings were changed)/);
});

story('R_A2_another_key_is_held_until_a_person_approves_it', async () => {
  const { page } = desk;
  await calls('other-key');
  await desk.go(`/devices/${mac}`);
  await expectVerdict('Another key than the one this device used first');
  await page.getByText('It came with another key').waitFor();
  await desk.axe();
  await desk.shot('device-held-key');
  await page.getByRole('button', { name: 'Reject it' }).click();
  await page.getByText('The key is rejected').waitFor();
  await page.getByText('It came with another key').waitFor({ state: 'hidden' });
});

story('R_F3_a_device_that_was_never_armed_is_armed_from_its_verdict', async () => {
  const { page } = desk;
  // Another phone: the first has asked so often by now that its verdict would be that it loops.
  const other = desk.server.macs().find(one => one.startsWith('000413'));
  const callsHome = () => calls(null, 'snom');
  await desk.server.cli('device', 'remove', other, '--yes').catch(() => desk.server.cli('device', 'remove', other));
  await callsHome();
  await desk.go(`/devices/${other}`);
  await expectVerdict('in no tenant');
  await desk.axe();
  await desk.shot('device-unknown');
  await page.getByRole('button', { name: 'Add it' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Tenant').click();
  await page.getByRole('option', { name: 'Acme Telephony' }).click();
  await dialog.getByLabel('Model').fill('D785');
  await dialog.getByLabel('SIP user of line 1').fill('u4711');
  await dialog.getByLabel('Arm it at once').uncheck();
  await dialog.getByRole('button', { name: 'Add device' }).click();
  await callsHome();
  await expectVerdict('registered but was never made ready');
  await page.getByRole('region', { name: 'Verdict' }).getByRole('button', { name: 'Arm' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Arm' }).click();
  await page.getByText('The phone is armed').waitFor();
  await callsHome();
  await expectVerdict('Served correctly');
});

story('R_F3_what_changed_since_its_visit_is_old_content_until_it_comes_again', async () => {
  const { page } = desk;
  const other = await macOf('cisco-mpp');
  await calls(null, 'cisco-mpp');
  await desk.go(`/devices/${other}`);
  await expectVerdict('Served correctly');
  await desk.server.cli('device', 'set', other, '--set', 'line.1.display_name=Reception');
  await expectVerdict('changed since then');
  await page.getByRole('region', { name: 'Verdict' }).getByText('It gets').waitFor();
  await desk.axe();
  await page.getByRole('tab', { name: 'Changes' }).click();
  await page.getByText('Reception').first().waitFor();
  await calls(null, 'cisco-mpp');
  await expectVerdict('Served correctly');
});

story('R_F3_a_phone_behind_a_banned_address_is_locked_out_until_it_is_lifted', async () => {
  const { page } = desk;
  const other = await macOf('poly');
  await calls('clone', 'poly'); // from 127.0.0.2
  await desk.go(`/devices/${other}`);
  await page.getByText('from 127.0.0.2').first().waitFor();
  await desk.server.cli('ban', 'add', '127.0.0.2', '--for', '1h', '--reason', 'a test');
  await page.reload();
  await expectVerdict(/Its address is locked out: 127\.0\.0\.2\S* is banned since .*, by hand/);
  await page.getByRole('region', { name: 'Verdict' }).getByText('A platform administrator may lift it').waitFor();
  await desk.axe();
  await desk.server.cli('ban', 'remove', '127.0.0.2');
  await page.reload();
  await expectVerdict(/^(?!Its address is locked out)/);
});

story('R_F3_a_phone_that_asks_again_and_again_loops', async () => {
  const other = await macOf('cisco-mpp');
  await calls(null, 'cisco-mpp');
  await desk.go(`/devices/${other}`);
  await expectVerdict('Served correctly');
  await desk.server.phones('--makers', 'cisco-mpp', '--phones', '1', '--boots', '20');
  await expectVerdict(/Asked \d+ times in 5 minutes, last for .*: it restarts or does not take what it gets/);
  await desk.page.getByRole('region', { name: 'Verdict' }).getByText("Look at the phone's own log").waitFor();
  await desk.axe();
});
