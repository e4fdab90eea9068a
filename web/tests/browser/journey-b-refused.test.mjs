// Journey B, where the phone stands before a closed door: TLS, a password, a limit; and what comes of telling it to call
// home, or of asking for its web interface. Each comes from an address of its own, as phones of other customers would.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { Desk, storiesOf } from './desk.mjs';
import { SipPhone } from './sip-phone.mjs';

const spent = 3; // requests that a tenant has

let desk, sip, passwordPort;

async function freePort() {
  const server = createServer();
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise(resolve => server.close(resolve));
  return port;
}

// 127.0.0.1 is where phones are that nothing is counted against.
const more = server => `resync: {route: "${sip.uri}", answer_within: 2s}
guard: {allow: ["127.0.0.1"], rules: {tenant-requests: {per_minute: 1, burst: ${spent}}}}
doors:
  - name: passwords
    port: ${passwordPort}
    url: https://localhost:${passwordPort}/
    access: [digest]
    identities:
      - {certificate: "${join(server.pki, 'server-rsa.pem')}", key: "${join(server.pki, 'server-rsa.key')}"}
`;

before(async () => {
  sip = await SipPhone.open();
  passwordPort = await freePort();
  desk = await Desk.open({ phones: 8, more });
});
after(async () => {
  await desk?.close();
  sip?.close();
});
const story = storiesOf(() => desk);

const verdict = () => desk.page.getByRole('region', { name: 'Verdict' });
const expectVerdict = text => desk.page.getByTestId('verdict').filter({ hasText: text }).waitFor();
const [first, second] = [0, 1].map(place => () => desk.server.macs().filter(one => one.startsWith('001565'))[place]);

// What an HTTP client of this address is answered.
function fetches(from, url, ...options) {
  const { pki } = desk.server;
  const asked = spawnSync('curl', ['-sS', '--interface', from, '--cacert', join(pki, 'server-ca.pem'), '-A', 'Yealink SIP-T54W 96.86.0.20', '-o', '/dev/null', '-w', '%{http_code}', ...options, url], { encoding: 'utf8' });
  return Number(asked.stdout) || asked.stderr;
}

story('R_F3_the_verdict_comes_first_where_no_cipher_is_common', async () => {
  const mac = first();
  await desk.server.phones('--makers', 'yealink', '--phones', '1');
  const asked = spawnSync('openssl', ['s_client', '-connect', `127.0.0.1:${desk.server.ports[0]}`, '-tls1_2', '-cipher', 'AES128-SHA:@SECLEVEL=0'], { input: '', encoding: 'utf8' });
  assert.match(asked.stderr, /handshake failure/);
  await desk.go(`/devices/${mac}`);
  await expectVerdict('offered no cipher that this door takes');
  await verdict().getByText('Update its firmware, or use a door for old phones').waitFor();
  await desk.axe();
});

story('R_F3_who_has_not_the_password_is_told_which_rule_since_when_and_what_helps', async () => {
  const mac = '0015650a0001';
  const url = `https://localhost:${passwordPort}/${mac}.cfg`;
  await desk.server.cli('tenant', 'set', 'acme', ...['fallback=digest', 'fallback_networks=127.0.0.0/24', 'minimum_rating=3'].flatMap(one => ['--policy', one]));
  await desk.server.cli('device', 'add', mac, '--tenant', 'acme', '--access', 'digest', '--arm', '--set', 'line.1.user=u4711');
  assert.equal(fetches('127.0.0.4', url), 401);
  await desk.go(`/devices/${mac}`);
  await expectVerdict('asked for a user name and a password');
  await verdict().getByText('was given none, or comes to the wrong door').waitFor();
  assert.equal(fetches('127.0.0.4', url, '--digest', '-u', 'guest:guest'), 401);
  await expectVerdict(/the password is wrong\. Rule 'credential-refused', at \d{4}-/);
  await verdict().getByText('arm it again and give it a new token').waitFor();
  await desk.axe();
});

story('R_F3_who_speaks_no_tls_gets_the_right_url_to_copy_or_to_scan', async () => {
  const { page } = desk;
  fetches('127.0.0.4', `http://localhost:${passwordPort}/`);
  await page.reload();
  await expectVerdict('did not speak TLS: its URL says http, not https');
  await page.getByRole('button', { name: 'Copy the right URL' }).click();
  const url = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(url.startsWith(`https://localhost:${passwordPort}/`), url);
  await page.getByRole('button', { name: 'The URL as QR code' }).click();
  await page.getByRole('img', { name: url }).waitFor();
  await desk.axe();
});

story('R_F3_a_limit_that_is_spent_is_named', async () => {
  const mac = second();
  const certificate = join(desk.server.pki, 'yealink/devices', `${mac}.pem`);
  const answers = Array.from({ length: spent + 1 }, () => fetches('127.0.0.5', `${desk.server.url}${mac}.cfg`, '--cert', certificate));
  assert.equal(answers.at(-1), 403, `${answers}`);
  await desk.go(`/devices/${mac}`);
  await expectVerdict(/Rule 'overloaded'.*tenant-requests/);
  await verdict().getByText("that limit in 'guard.rules'").waitFor();
  await desk.axe();
});

async function tellIt(mac) {
  const { page } = desk;
  await desk.go(`/devices/${mac}`);
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Resync now' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Resync now' }).click();
}

// What the phone answers, what the page says of it.
const answered = [
  ['200 OK', 'calls_home', /200 It took the message and calls home now/],
  ['489 Bad Event', 'does_not_know_the_event', /489 It does not know this event\. It calls home by schedule/],
  [null, 'does_not_answer', /No answer came in time\. Check that the phone is on/],
];

for (const [status, name, words] of answered)
  story(`R_F3_a_phone_that_is_told_to_call_home_${name}`, async () => {
    sip.status = status;
    sip.events = [];
    await tellIt(first());
    await desk.page.getByText(words).first().waitFor();
    assert.match(sip.events[0], /^check-sync/);
    await desk.axe();
  });

async function asksForWindow(mac) {
  const { page } = desk;
  await desk.go(`/devices/${mac}`);
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Diagnostic window' }).click();
  const dialog = page.getByRole('dialog', { name: 'Diagnostic window' });
  await dialog.getByLabel('Reason').fill('ticket 4712, no sound');
  await dialog.getByRole('button', { name: 'Open a window' }).click();
  return dialog;
}

story('R_B6_a_window_that_the_phone_cannot_have_is_refused_with_the_reason', async () => {
  await desk.server.cli('device', 'add', '0c383e0a0001', '--tenant', 'acme', '--vendor', 'fanvil', '--arm', '--set', 'line.1.user=u4712');
  const dialog = await asksForWindow('0c383e0a0001');
  await dialog.getByText("can't have a diagnostic window").waitFor();
  await dialog.getByText('tells what these phones can').waitFor();
  assert.equal(await dialog.getByLabel('Reason').inputValue(), 'ticket 4712, no sound');
  await desk.axe();
});

story('R_B6_a_second_window_is_refused_with_who_has_the_first', async () => {
  const mac = first();
  await desk.server.cli('device', 'diagnose', mac, '--reason', 'ticket 4711', '--minutes', '30');
  const dialog = await asksForWindow(mac);
  await dialog.getByText('has a diagnostic window already').waitFor();
  await dialog.getByText(/opened it, until .*: ticket 4711/).waitFor();
  await desk.axe();
});
