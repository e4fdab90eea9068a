// The list as the page edits it: records with their lines, so that a cell can be changed and the rest stays as it is.
export interface Row {
  line: number; // in the file, from 1
  start: number; // offsets of the whole row, without its line end
  end: number;
  cells: string[];
}

export interface Sheet {
  text: string;
  separator: string;
  header: string[];
  rows: Row[];
}

// By the byte order mark, as the server does.
export function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder('utf-8').decode(bytes);
}

export function findSeparator(text: string): string {
  const first = text.slice(0, Math.max(0, text.search(/[\r\n]/)) || undefined);
  const counts = [',', ';', '\t'].map(one => ({ one, count: first.split(one).length }));
  return counts.toSorted((a, b) => b.count - a.count)[0]?.one ?? ',';
}

interface Reader {
  text: string;
  at: number;
  line: number;
}

function readQuoted(reader: Reader): string {
  let value = '';
  reader.at += 1;
  for (;;) {
    const quote = reader.text.indexOf('"', reader.at);
    const stop = quote < 0 ? reader.text.length : quote;
    value += reader.text.slice(reader.at, stop);
    reader.at = stop + 1;
    if (quote < 0 || reader.text[reader.at] !== '"') break;
    value += '"';
    reader.at += 1;
  }
  reader.line += value.split('\n').length - 1;
  return value;
}

function readPlain(reader: Reader, separator: string): string {
  const start = reader.at;
  while (reader.at < reader.text.length && !`${separator}\r\n`.includes(reader.text[reader.at] ?? '')) reader.at += 1;
  return reader.text.slice(start, reader.at);
}

function readRow(reader: Reader, separator: string): Row {
  const row: Row = { line: reader.line, start: reader.at, end: reader.at, cells: [] };
  for (;;) {
    row.cells.push(reader.text[reader.at] === '"' ? readQuoted(reader) : readPlain(reader, separator));
    if (reader.text[reader.at] !== separator) break;
    reader.at += 1;
  }
  row.end = Math.min(reader.at, reader.text.length);
  if (reader.text[reader.at] === '\r') reader.at += 1;
  if (reader.text[reader.at] === '\n') reader.at += 1;
  reader.line += 1;
  return row;
}

export function parse(text: string, separator = findSeparator(text)): Sheet {
  const reader: Reader = { text, at: 0, line: 1 };
  const rows: Row[] = [];
  while (reader.at < text.length) rows.push(readRow(reader, separator));
  const filled = rows.filter(row => row.cells.some(cell => cell.trim() !== ''));
  const [header, ...rest] = filled;
  return { text, separator, header: header?.cells ?? [], rows: rest };
}

function quoted(cell: string, separator: string): string {
  return cell.includes('"') || cell.includes(separator) || /[\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

// Cells by line and column; null takes the row out.
export type Edits = ReadonlyMap<number, ReadonlyMap<number, string> | null>;

export function edited(sheet: Sheet, edits: Edits): string {
  let text = '';
  let from = 0;
  for (const row of sheet.rows) {
    const change = edits.get(row.line);
    if (change === undefined) continue;
    text += sheet.text.slice(from, row.start);
    if (change !== null) text += row.cells.map((cell, i) => quoted(change.get(i) ?? cell, sheet.separator)).join(sheet.separator);
    from = row.end;
  }
  return text + sheet.text.slice(from);
}
