// A body with many devices, shortened for the eye; whoever wants all of it gets that as it was sent.
export interface Shortened {
  before: string; // the first few are its end
  more: number; // devices left out; 0: it is all in `before`
  after: string;
}

const most = 6;
const key = /"devices"\s*:\s*\[/;
const device = /\s*"[0-9a-f:. -]{12,17}"\s*,?/iy; // nothing but addresses is left out
const cut = /^"?[0-9a-f:. -]{0,17}\.\.\.$/i; // in the middle of the list

// The list of a body that was cut is as long as what the call reaches.
export function shortened(body: string, reaches: number): Shortened {
  const list = key.exec(body);
  const ends: number[] = [];
  device.lastIndex = list === null ? body.length : list.index + list[0].length;
  while (device.test(body)) ends.push(device.lastIndex);
  const from = ends[most - 1] ?? 0;
  const to = ends.at(-1) ?? 0;
  const before = body.slice(0, from);
  if (ends.length > most && body[to] === ']') return { before, more: ends.length - most, after: body.slice(to) };
  if (ends.length > most && cut.test(body.slice(to))) return { before, more: Math.max(reaches, ends.length) - most, after: '' };
  return { before: body, more: 0, after: '' };
}
