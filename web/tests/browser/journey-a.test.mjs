// Journey A: an ITSP engineer brings in phones from a list.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { Desk, storiesOf } from './desk.mjs';

let desk;
before(async () => {
  desk = await Desk.open({ phones: 4 });
});
after(() => desk?.close());
const story = storiesOf(() => desk);

function list(count) {
  const rows = Array.from({ length: count }, (_, i) => {
    const mac = `00:15:65:AA:${(i >> 8).toString(16).padStart(2, '0')}:${(i & 255).toString(16).padStart(2, '0')}`;
    return `${mac};${4000 + i};Phone ${i};T54W`;
  });
  rows[10] = '8.05512E+11;4010;Lost digits;T54W';
  rows[20] = '0O1565AA0014;4020;Letter O;T54W';
  rows[21] = '0O1565AA0015;4021;Letter O too;T54W';
  rows[30] = '00:15:65:AA:00:01;4030;Twice;T54W';
  rows[40] = '00:15:65:AA:00:28;4040;Model;T54';
  return `MAC Address;Extension;Display Name;Model\r\n${rows.join('\r\n')}\r\n\r\n`;
}

function utf16(text) {
  return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
}

story('R_F1_an_engineer_brings_in_500_phones_and_mends_rows_in_place', async () => {
  const { page } = desk;
  await desk.go('/import');
  await desk.axe();
  await desk.shot('import-load');
  await page.getByLabel('Tenant').first().click();
  await page.getByRole('option', { name: 'Acme Telephony' }).click();
  await page.locator('input[type=file]').setInputFiles({ name: 'phones.csv', mimeType: 'text/csv', buffer: utf16(list(500)) });
  await page.getByText('phones.csv').waitFor();
  await page.getByRole('button', { name: 'Check the list' }).click();

  // What the file was found to be, and what would happen.
  await page.getByText('UTF-16').waitFor();
  await page.getByText('500 rows').first().waitFor();
  await page.getByRole('row').filter({ hasText: 'Extension' }).filter({ hasText: 'line.1.user' }).waitFor();
  await page.getByText('not in the list stay as they are (4)').waitFor();
  await page.getByRole('heading', { name: 'What phones would get' }).waitFor();
  await page.getByRole('heading', { name: '5 rows to mend' }).waitFor();
  await page.getByText('a spreadsheet turned it into a number').waitFor();
  await desk.axe();
  await desk.shot('import-check');

  // One click mends all alike; a cell is typed over; a row is left out.
  await page.getByRole('button', { name: 'in all 2 alike' }).first().click();
  await page.getByRole('button', { name: 'Use T54W' }).click();
  await page.getByLabel('mac in row 32').fill('00:15:65:AA:00:1E');
  const lost = page.getByRole('listitem').filter({ hasText: 'Row 12' });
  await lost.getByRole('button', { name: 'Leave out' }).click();
  await page.getByRole('button', { name: 'Check again with 5 changes' }).click();
  await page.getByRole('button', { name: 'Add 499' }).waitFor();
  assert.equal(await page.getByText('to mend').count(), 0);

  await page.getByRole('button', { name: 'Add 499' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('499 phones are added').waitFor();
  await dialog.getByText('New phones are armed at once').waitFor();
  await dialog.getByLabel('Why').fill('order 4711');
  await desk.axe();
  await dialog.getByRole('button', { name: 'Add 499' }).click();
  await page.getByText('499 phones are in').waitFor();
  await page.getByText('Why: order 4711').waitFor();
  await desk.axe();
  await desk.shot('import-done');
  assert.equal((await desk.server.cli('device', 'list', '-o', 'ndjson')).trim().split('\n').length, 503);
});

story('R_F1_the_same_list_again_changes_nothing_and_a_bad_one_is_never_green', async () => {
  const { page } = desk;
  await desk.go('/import');
  await page.getByLabel('Or paste it').fill(`mac,tenant\n${desk.server.macs()[0]},acme\n`);
  await page.getByRole('button', { name: 'Check the list' }).click();
  await page.getByText('nothing to write').waitFor();

  await page.getByRole('button', { name: 'Another list' }).click();
  await page.getByLabel('Or paste it').fill('mac,tenant\n00:15:65:BB:00:01,ACME \n00:15:65:BB:00:02,nobody\n');
  await page.getByRole('button', { name: 'Check the list' }).click();
  await page.getByText('2 rows to mend').waitFor();
  await page.getByText('There is nothing to write.').waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download the refused rows' }).click();
  assert.equal((await download).suggestedFilename(), 'rejects.csv');

  // The address of a check brings one back, without the list; one that is gone says what to do.
  await page.reload();
  await page.getByText('Load it again to mend rows here').waitFor();
  await desk.go('/import?job=i99999999');
  await page.getByText('Bring the file again').waitFor();
});

// Pasted, checked.
async function check(text, { arm = true } = {}) {
  const { page } = desk;
  await desk.go('/import');
  await page.getByLabel('Or paste it').fill(text);
  if (!arm) await page.getByLabel('Arm new phones at once').uncheck();
  await page.getByRole('button', { name: 'Check the list' }).click();
}

story('A4_a_check_that_is_loaded_again_says_what_the_server_will_do', async () => {
  const { page } = desk;
  await check('mac,tenant\n001565cb0001,acme\n', { arm: false });
  await page.getByRole('button', { name: 'Add 1' }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Add 1' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('New phones get nothing until you arm them').waitFor();
  assert.equal(await page.getByText('armed at once').count(), 0);
  await dialog.getByRole('button', { name: 'Add 1' }).click();
  await page.getByText('1 phone is in').waitFor();
  assert.match(await desk.server.cli('device', 'show', '001565cb0001'), /registered/);
});

story('A1_columns_that_nobody_knows_are_named_or_left_out_before_anything_is_written', async () => {
  const { page } = desk;
  await check('Hardware,tenant,Phone name,Asset no.,SIP Secret\n001565ca0001,acme,Reception,4711,hunter2\n', { arm: false });
  const columns = page.getByRole('region', { name: 'Columns of the list' });
  await columns.getByText('unknown').first().waitFor();
  assert.equal(await page.getByText('hunter2').count(), 0);
  await desk.axe();
  await desk.shot('import-columns');
  const hardware = columns.getByLabel('What Hardware is');
  await hardware.fill('mac');
  await columns.getByLabel('What Phone name is').fill('line.1.display_name');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Leave out all 2' }).click();
  await page.getByRole('button', { name: 'Check again with 4 changes' }).click();
  await page.getByRole('button', { name: 'Add 1' }).waitFor();
  await page.getByText('1 ready').waitFor();

  // One that is looked at and left, or emptied, is what it was; nothing has to be checked again for that.
  await page.getByRole('button', { name: 'Change: Hardware' }).click();
  assert.equal(await hardware.inputValue(), 'mac');
  await hardware.fill('');
  await page.keyboard.press('Escape');
  assert.equal(await page.getByRole('button', { name: /^Check again/ }).count(), 0);
  assert.ok(await page.getByRole('button', { name: 'Add 1' }).isEnabled());
  await page.getByRole('button', { name: 'Undo: Hardware' }).click();

  // One that was recognised can be left out too, and the preview is made anew.
  await page.getByRole('button', { name: 'Leave out: Phone name' }).click();
  await page.getByRole('button', { name: 'Check again with 1 change' }).click();
  await page.getByRole('row').filter({ hasText: 'Phone name' }).filter({ hasText: 'not read' }).waitFor();
  await page.getByRole('button', { name: 'Add 1' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Add 1' }).click();
  await page.getByText('1 phone is in').waitFor();
});

story('A1_of_a_file_and_a_pasted_list_the_last_one_counts', async () => {
  const { page } = desk;
  await desk.go('/import');
  const paste = page.getByLabel('Or paste it');
  const file = { name: 'phones.csv', mimeType: 'text/csv', buffer: Buffer.from('mac,tenant\n001565cd0001,acme\n') };
  await paste.fill('mac,tenant\n001565cd0002,acme\n001565cd0003,acme\n');
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByText(/^phones\.csv, /).waitFor();
  assert.equal(await paste.inputValue(), '', 'one list is shown');
  await page.getByRole('button', { name: 'Check the list' }).click();
  await page.getByRole('button', { name: 'Add 1' }).waitFor();
  await page.getByRole('button', { name: 'Another list' }).click();
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByText(/^phones\.csv, /).waitFor();
  await paste.fill('mac,tenant\n001565cd0002,acme\n001565cd0003,acme\n');
  await page.getByText(/^phones\.csv, /).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Check the list' }).click();
  await page.getByRole('button', { name: 'Add 2' }).waitFor();
});

story('A3_rows_are_ready_have_a_warning_or_an_error', async () => {
  const { page } = desk;
  await check('mac,tenant,vendor,line.1.user\n001565c90001,acme,yealink,1\n001565c90002,acme,yealink,1\n001565c90003,acme,snom,3\n');
  await page.getByRole('heading', { name: '1 row to mend' }).waitFor();
  await page.getByText('the MAC belongs to Yealink').waitFor();
  await page.getByText('1 warning').click();
  await page.getByText('have the same SIP account').waitFor();
  await desk.axe();
  await page.getByText('1 ready').click();
  await page.getByRole('cell', { name: '00:15:65:C9:00:01' }).waitFor();
  await page.getByText('1 error').click();
  await page.getByRole('button', { name: 'Use yealink' }).click();
  await page.getByRole('button', { name: 'Check again with 1 change' }).click();
  await page.getByRole('button', { name: 'Add 3' }).waitFor();
});

story('A5_one_sees_how_far_it_is_and_is_told_of_the_end_elsewhere', async () => {
  const { page } = desk;
  const rows = Array.from({ length: 3000 }, (_, i) => `001565${(0xd00000 + i).toString(16)},acme,${20_000 + i}\n`);
  await desk.go('/import');
  const list = Buffer.from(`mac,tenant,line.1.user\n${rows.join('')}`);
  await page.locator('input[type=file]').setInputFiles({ name: 'phones.csv', mimeType: 'text/csv', buffer: list });
  await page.getByText('phones.csv').waitFor();
  await page.getByRole('button', { name: 'Check the list' }).click();
  await page.getByRole('button', { name: 'Add 3,000' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Add 3,000' }).click();
  await page.getByText(/of 3,000 rows · [\d,]+ a second/).waitFor();
  await desk.shot('import-moving');
  await page.getByRole('navigation').getByRole('link', { name: 'Devices' }).click();
  await page.getByRole('heading', { name: 'Devices', level: 1 }).waitFor();
  const told = page.getByRole('alert').filter({ hasText: 'The import is done: 3,000 phones written' });
  await told.waitFor({ timeout: 120_000 });
  await told.getByRole('link', { name: 'See what came of it' }).click();
  await page.getByText('3,000 phones are in').waitFor();
});

story('A8_phones_of_the_list_are_counted_as_they_come', async () => {
  const { page } = desk;
  const [header, ...rows] = readFileSync(join(desk.server.pki, 'devices.csv'), 'utf8').trim().split('\n');
  const macs = desk.server.macs().slice(0, 2);
  for (const mac of macs) await desk.server.cli('device', 'remove', mac);
  await check(`${header}\n${rows.slice(0, 2).join('\n')}\n`);
  await page.getByRole('button', { name: 'Add 2' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Add 2' }).click();
  await page.getByText('0 of 2 came so far').waitFor();
  await page.getByText('Not seen yet').waitFor();
  await desk.axe();
  await desk.server.phones();
  await page.getByText('2 of 2 came so far').waitFor();
  assert.equal(await page.getByText('Not seen yet').count(), 0);
  await desk.shot('import-arrivals');
});

story('A6_an_engineer_takes_a_wrong_list_back_and_sees_what_stayed', async () => {
  const { page } = desk;
  const macs = ['001565cc0001', '001565cc0002', '001565cc0003'];
  await desk.go('/import');
  await page.getByLabel('Or paste it').fill(`mac,tenant,model,line.1.user\n${macs.map((mac, i) => `${mac},acme,T54W,${6000 + i}\n`).join('')}`);
  await page.getByRole('button', { name: 'Check the list' }).click();
  await page.getByRole('button', { name: 'Add 3' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Add 3' }).click();
  await page.getByText('3 phones are in').waitFor();
  await page.getByText(/for (10:00|9:\d\d) more/).waitFor();
  await desk.server.cli('device', 'set', macs[1], '--site', 'Wien');

  // By keyboard: what would happen, then why, then go.
  const undo = page.getByRole('button', { name: 'Undo this import' });
  await undo.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('2 phones are removed, with their secrets').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await page.waitForFunction(() => document.activeElement?.textContent === 'Undo this import'); // where it was before
  await page.keyboard.press('Enter');
  await dialog.getByText('2 phones are removed, with their secrets').waitFor();
  await dialog.getByText('1 phone stays as it is').waitFor();
  await dialog.getByText('changed since').waitFor();
  await desk.axe();
  await desk.shot('import-undo');
  await dialog.getByRole('button', { name: 'Undo it' }).click();
  await dialog.getByText('Say in a few words what went wrong').waitFor();
  await dialog.getByLabel('Why').fill('the wrong customer’s list');
  await page.keyboard.press('Enter');
  await page.getByText('2 phones removed; 1 phone left as it is').waitFor();
  await page.getByText('the wrong customer’s list').waitFor();
  await page.getByRole('cell', { name: 'changed since' }).waitFor();
  assert.equal(await undo.count(), 0);
  await desk.axe();
  await desk.shot('import-undone');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download them' }).click();
  assert.equal((await download).suggestedFilename(), 'undone.csv');
  const left = await desk.server.cli('device', 'list', '-o', 'ndjson');
  assert.deepEqual(macs.map(mac => left.includes(mac)), [false, true, false]);

  // Its address tells it for a day, and long work leads there.
  await desk.go('/resyncs');
  await page.getByText('Undo of import').first().waitFor();
});
