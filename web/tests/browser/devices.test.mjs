// The list of devices: quick at 100,000, filters in the address, actions on many.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Desk, storiesOf } from './desk.mjs';

const total = 100_000;

// The list is answered here, so that it can be long; everything else comes from the server.
function row(i) {
  const mac = `0015650${i.toString(16).padStart(5, '0')}`;
  const settings = { 'line.1.user': `u${i}`, 'line.1.display_name': `Phone ${i}` };
  return { mac, tenant: 'acme', site: '', vendor: 'yealink', model: 'T54W', firmware: '', state: i % 3 ? 'provisioned' : 'armed', secret_mode: 'purge', version: 1, last_source: '', access: 'certificate', rating: 5, rating_reason: '', settings };
}

function list(query) {
  const after = query.get('after') ?? '';
  const from = after === '' ? 0 : Number.parseInt(after.slice(7), 16) + 1;
  const limit = Number(query.get('limit') ?? 100);
  const items = Array.from({ length: Math.min(limit, total - from) }, (_, i) => row(from + i));
  const wanted = query.get('state') ? items.filter(one => one.state === query.get('state')) : items;
  return { items: wanted, total, ...(from + limit < total && { next: items.at(-1).mac }) };
}

let desk;
before(async () => {
  desk = await Desk.open({ phones: 4 });
  await desk.context.route(/\/v1\/devices(\?|$)/, route => route.fulfill({ json: list(new URL(route.request().url()).searchParams) }));
});
after(() => desk?.close());
const story = storiesOf(() => desk);

const table = () => desk.page.getByRole('region', { name: 'Devices' });
const visibleRows = () =>
  table().evaluate(box => {
    const frame = box.getBoundingClientRect();
    return [...box.querySelectorAll('tbody tr:not([aria-hidden])')].filter(one => {
      const place = one.getBoundingClientRect();
      return place.bottom > frame.top + 34 && place.top < frame.bottom;
    }).length;
  });

story('R_F3_a_list_of_100000_shows_rows_and_draws_only_those', async () => {
  const { page } = desk;
  await desk.go('/devices');
  await page.getByText('100,000 devices').waitFor();
  assert.ok((await visibleRows()) >= 10, 'rows are in view');
  assert.ok((await page.locator('tbody tr').count()) < 80, 'no more rows than needed are drawn');
  for (let i = 0; i < 20; i += 1) {
    await table().evaluate(box => box.scrollTo(0, box.scrollHeight));
    await page.waitForTimeout(60);
  }
  assert.ok((await visibleRows()) >= 10, 'rows are in view at the end');
  const loaded = await page.getByRole('table', { name: 'Devices' }).evaluate(one => one.querySelectorAll('tr').length);
  assert.ok(loaded < 80);
  await page.getByText(/^Phone [1-9]\d{3}$/).first().waitFor();
});

story('R_F3_filters_are_in_the_address', async () => {
  const { page } = desk;
  await desk.go('/devices');
  await page.getByRole('combobox', { name: 'State' }).click();
  await page.getByRole('option', { name: 'armed' }).click();
  await page.waitForURL(/state=armed/);
  await page.getByRole('searchbox', { name: 'Search' }).fill('00:15:65');
  await page.waitForURL(/q=00%3A15%3A65/);
  await page.reload();
  assert.equal(await page.getByRole('searchbox', { name: 'Search' }).inputValue(), '00:15:65');
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await page.waitForURL(url => url.search === '');
});

story('R_F3_actions_on_many_say_how_many_and_what_was_refused', async () => {
  const { page } = desk;
  await desk.go('/devices');
  const boxes = page.getByRole('checkbox', { name: /^Choose 0015/ });
  for (const i of [1, 6, 7]) await boxes.nth(i).check();
  assert.equal(desk.server.macs().filter(mac => /^00156500000[167]$/.test(mac)).length, 1, 'one of them is a device of the server');
  await page.getByText('3 chosen').waitFor();
  await page.getByRole('button', { name: 'Choose all 100,000 that fit' }).waitFor();
  await desk.axe();
  await page.getByRole('button', { name: 'Arm', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('passwords that the phones hold now become void').waitFor();
  await dialog.getByRole('button', { name: 'Arm 3 devices' }).click();
  // Those that are no device of the server are refused, each with its next step.
  await dialog.getByText('1 done').waitFor();
  await dialog.getByText('2 refused').waitFor();
  await dialog.getByText('there is no device').first().waitFor();
  await desk.axe();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('button', { name: 'Clear' }).click();
  assert.equal(await page.getByText('3 chosen').count(), 0);
});
