// Signing in: a one-time login, a passkey, password with code, recovery codes, a fresh proof; and what is refused.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before } from 'node:test';
import { Desk, storiesOf } from './desk.mjs';

let desk;
before(async () => {
  desk = await Desk.open({ phones: 4, signedIn: false });
});
after(() => desk?.close());
const story = storiesOf(() => desk);

function base32(text) {
  let bits = '';
  for (const letter of text) bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map(one => Number.parseInt(one, 2)));
}

// RFC 6238: what an app would show `steps` from now.
function code(secret, steps = 0) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const mac = createHmac('sha1', base32(secret)).update(counter).digest();
  const at = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

story('R_F6_nobody_sees_a_page_unsigned', async () => {
  const { page } = desk;
  await desk.go('/devices?state=armed');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.getByText('provost admin reset-login').waitFor();
  await desk.axe();
  await desk.shot('sign-in');
});

story('R_F6_a_wrong_one_time_login_says_how_to_get_one', async () => {
  const { page } = desk;
  await page.goto(`${desk.base}/login#token=${'a'.repeat(43)}`);
  await page.getByText('This one-time login does not work').waitFor();
  assert.equal(new URL(page.url()).hash, '', 'the token leaves the address');
  await desk.axe();
});

story('R_F6_the_first_person_makes_a_passkey_and_keeps_recovery_codes', async () => {
  const { page } = desk;
  const link = await desk.server.oneTimeLogin();
  await page.goto('about:blank');
  await page.goto(desk.base + link);
  await page.getByRole('heading', { name: 'Secure your account' }).waitFor();
  await desk.axe();
  await desk.shot('enrol');
  assert.equal(new URL(page.url()).hash, '');
  // Closed in the middle: the same step is there again.
  await page.reload();
  await page.getByRole('heading', { name: 'Secure your account' }).waitFor();
  const { addAuthenticator } = await import('./desk.mjs');
  desk.authenticator = await addAuthenticator(page);
  await page.getByRole('button', { name: 'Make a passkey' }).click();
  await page.getByRole('button', { name: 'Show my recovery codes' }).click();
  const codes = page.locator('ol li');
  await codes.first().waitFor();
  assert.equal(await codes.count(), 10);
  desk.recoveryCodes = await codes.allInnerTexts();
  await desk.axe();
  assert.ok(await page.getByRole('button', { name: 'Go on' }).isDisabled(), 'not before they are kept');
  await page.getByLabel('I have printed or kept them').check();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('button', { name: 'My account' }).waitFor();
  assert.equal(new URL(page.url()).pathname, '/');
});

story('R_F6_out_and_in_again_with_the_passkey_to_the_same_page', async () => {
  const { page } = desk;
  await page.getByRole('button', { name: 'My account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await desk.go('/devices?state=armed');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByRole('heading', { level: 1, name: 'Devices' }).waitFor();
  assert.match(page.url(), /\/devices\?state=armed$/);
});

// At the width of a phone and in German, as axe sees it.
async function narrowAndGerman(look) {
  const context = await desk.newContext({ viewport: { width: 390, height: 844 }, locale: 'de-DE' });
  const page = await desk.newPage(context);
  try {
    await look(page);
  } finally {
    await context.close();
  }
}

story('R_F6_R_F2_a_lost_passkey_is_replaced_by_a_recovery_code', async () => {
  const { page } = desk;
  const signOut = async () => {
    await page.getByRole('button', { name: 'My account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  };
  const recover = async code => {
    await page.getByRole('button', { name: 'Passkey lost? Use a recovery code' }).click();
    await page.getByLabel('Name').fill('admin');
    await page.getByLabel('Recovery code').fill(code);
    await desk.axe();
    await page.getByRole('button', { name: 'Sign in' }).click();
  };
  await page.evaluate(() => sessionStorage.setItem('provost-imports', 'i1')); // that its end is to be told
  await signOut();
  assert.equal(await page.evaluate(() => sessionStorage.getItem('provost-imports')), null, 'nothing for whoever comes next');
  const { addAuthenticator } = await import('./desk.mjs');
  await desk.authenticator.cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: desk.authenticator.authenticatorId });
  desk.authenticator = await addAuthenticator(page);
  const [code] = desk.recoveryCodes;
  await recover(code);
  await page.getByRole('heading', { name: 'Secure your account' }).waitFor();
  await desk.go('/devices');
  await page.getByRole('heading', { name: 'Secure your account' }).waitFor();
  await page.getByLabel('Name of this passkey').fill('The new one');
  await page.getByRole('button', { name: 'Make a passkey' }).click();
  await page.getByRole('button', { name: 'Show my recovery codes' }).click();
  const codes = page.locator('ol li');
  await codes.first().waitFor();
  desk.recoveryCodes = await codes.allInnerTexts();
  await page.getByLabel('I have printed or kept them').check();
  await page.getByRole('button', { name: 'Go on' }).click();
  await desk.go('/account');
  await page.getByRole('button', { name: 'Remove the passkey “This computer”' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('button', { name: 'Remove the passkey “This computer”' }).waitFor({ state: 'detached' });
  await signOut();
  await recover(code);
  await page.getByRole('alert').waitFor();
  await desk.shot('recovery-refused');
  await page.getByRole('button', { name: 'Another way' }).click();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByRole('button', { name: 'My account' }).waitFor();
});

story('R_F6_the_ways_in_are_accessible_on_a_phone_and_in_german', async () => {
  desk.state = await desk.context.storageState();
  await narrowAndGerman(async page => {
    await desk.go('/account', page);
    await page.getByRole('heading', { name: 'Mein Konto' }).waitFor();
    await page.getByText('diese', { exact: true }).waitFor();
    await desk.axe(page);
    await desk.shot('account-german', page);
    await page.context().clearCookies();
    await desk.go('/', page);
    await page.getByRole('heading', { name: 'Anmelden' }).waitFor();
    await desk.axe(page);
    await page.getByRole('button', { name: /^Passkey verloren/ }).click();
    await page.getByLabel('Wiederherstellungs-Code').waitFor();
    await desk.axe(page);
    await desk.shot('recovery-german', page);
    await page.getByRole('button', { name: 'Ein anderer Weg' }).click();
    await page.getByRole('button', { name: 'Passwort und Code benutzen' }).click();
    await page.getByRole('textbox', { name: 'Passwort' }).waitFor();
    await desk.axe(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0, 'nothing sticks out');
  });
});

story('R_F2_a_page_that_nobody_touches_ends_and_says_so', async () => {
  await desk.page.goto('about:blank'); // another page in use would keep it
  const context = await desk.newContext();
  const page = await desk.newPage(context);
  const unattended = [];
  await page.clock.install();
  await desk.go('/devices', page);
  await page.getByRole('searchbox', { name: 'Search' }).fill('00');
  page.on('request', request => {
    if (request.url().includes('/v1/') && !request.headers()['x-provost-background'] && !request.url().includes('/stream')) unattended.push(request.url());
  });
  const leave = async seconds => {
    desk.server.ageUse(seconds);
    await page.clock.fastForward(seconds * 1000);
  };
  await page.clock.fastForward(45_000);
  unattended.length = 0;
  await leave(14 * 60 - 15);
  const dialog = page.getByRole('dialog', { name: 'Are you still there?' });
  await dialog.waitFor();
  await desk.axe(page);
  await desk.shot('still-there', page);
  assert.deepEqual(unattended, [], 'what a page asks by itself says so');
  await dialog.getByRole('button', { name: 'Stay signed in' }).click();
  await dialog.waitFor({ state: 'detached' });
  await leave(16 * 60);
  await page.getByText('You were signed out').waitFor();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await desk.axe(page);
  assert.match(page.url(), /\/devices/, 'and one comes back there');
  await context.close();
  await desk.go('/');
  await desk.page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await desk.page.getByRole('button', { name: 'My account' }).waitFor();
});

story('R_F6_a_password_and_a_code_are_set_up_and_a_used_code_is_refused', async () => {
  const { page } = desk;
  desk.context.setDefaultTimeout(150_000); // argon2id takes its time, more so under sanitizers
  await desk.go('/account');
  await page.getByRole('button', { name: 'Set a password' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('New password').fill('short');
  await dialog.getByRole('button', { name: 'Save the password' }).click();
  await dialog.getByText('10 more characters').waitFor();
  await desk.axe();
  await dialog.getByLabel('New password').fill('seven green lamps over the quay');
  await dialog.getByLabel('The same again').fill('seven green lamps over the quay');
  await dialog.getByRole('button', { name: 'Save the password' }).click();
  await page.getByText('The password is changed').waitFor();
  await page.getByRole('button', { name: 'Set up codes' }).click();
  await dialog.getByRole('button', { name: 'Set up codes' }).click();
  await dialog.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
  await desk.axe();
  const secret = (await dialog.getByRole('button', { name: /^Copy: / }).innerText()).replaceAll(' ', '');
  const used = code(secret);
  await dialog.getByRole('textbox', { name: 'Code' }).fill(used);
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  await page.getByText('Codes are set up').waitFor();
  await desk.shot('account');

  // New recovery codes are shown once: nothing but saying that they are kept closes them.
  await page.getByRole('button', { name: 'Make new ones' }).click();
  await dialog.getByRole('button', { name: 'Show my recovery codes' }).click();
  const codes = dialog.getByRole('listitem');
  await codes.first().waitFor();
  await page.keyboard.press('Escape');
  await page.waitForTimeout(300);
  desk.recoveryCodes = await codes.allInnerTexts();
  assert.ok(desk.recoveryCodes.length > 5);
  await dialog.getByLabel('I have printed or kept them').check();
  await dialog.getByRole('button', { name: 'Go on' }).click();
  await dialog.waitFor({ state: 'detached' });

  // From another browser: the password alone is not enough, and the code that was used does not count again.
  const context = await desk.browser.newContext({ locale: 'en-GB' });
  context.setDefaultTimeout(150_000);
  const other = await desk.newPage(context);
  await desk.go('/', other);
  await other.getByRole('button', { name: 'Use password and code' }).click();
  await other.getByLabel('Name').fill('admin');
  await other.getByRole('textbox', { name: 'Password' }).fill('seven green lamps over the quay');
  await other.getByRole('button', { name: 'Sign in' }).click();
  await other.getByRole('textbox', { name: 'Code' }).fill(used);
  await other.getByRole('button', { name: 'Sign in' }).click();
  await other.getByRole('alert').waitFor();
  await desk.axe(other);
  await other.getByRole('button', { name: 'Use a recovery code' }).click();
  await other.getByLabel('Recovery code').fill(desk.recoveryCodes[0]);
  await other.getByRole('button', { name: 'Sign in' }).click();
  await other.getByRole('button', { name: 'My account' }).waitFor();

  // The first browser sees the second, and ends it.
  await desk.go('/account');
  await page.getByText('this one').waitFor();
  await page.getByRole('button', { name: 'End' }).first().click();
  await page.getByText('The session has ended').waitFor();
  await other.reload();
  await other.getByRole('heading', { name: 'Sign in' }).waitFor();
  await context.close();
});

story('R_F6_a_call_that_wants_a_fresh_proof_gets_it_and_is_made_again', async () => {
  const { page } = desk;
  const [mac] = desk.server.macs();
  const answers = [];
  page.on('response', answer => answer.url().endsWith('/arm') && answers.push(answer.status()));
  desk.server.ageProofs(6);
  await desk.go(`/devices/${mac}`);
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Arm' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Arm' }).click();
  const proof = page.getByRole('dialog', { name: 'Prove that it is you' });
  await proof.getByRole('button', { name: 'Use a passkey' }).waitFor();
  await desk.axe();
  await proof.getByRole('button', { name: 'Use a passkey' }).click();
  await page.getByText('The phone is armed').waitFor();
  assert.deepEqual(answers, [403, 200]);
});

story('R_F6_ended_elsewhere_leads_to_the_sign_in_and_back', async () => {
  const { page } = desk;
  await desk.go('/devices');
  await desk.context.clearCookies();
  await page.getByRole('searchbox', { name: 'Search' }).fill('0015');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByRole('heading', { level: 1, name: 'Devices' }).waitFor();
  assert.match(page.url(), /q=0015/);
});
