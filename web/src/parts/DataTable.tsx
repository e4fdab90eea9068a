// A table for lists that fit on a page or two. On narrow windows each row becomes a card that names its fields.
import { Box } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './DataTable.module.css';

export interface Field<T> {
  id: string;
  head: string;
  render: (row: T) => ReactNode;
  align?: 'right';
  wide?: boolean; // takes what width is left, and wraps
  from?: 'md' | 'lg'; // hidden on windows narrower than that, unless they are so narrow that rows are cards
  bare?: boolean; // no name before it on a card: titles, buttons
}

interface Props<T> {
  label: string;
  fields: Field<T>[];
  rows: T[];
  rowKey: (row: T) => string;
  rowTone?: (row: T) => 'bad' | 'warn' | 'note' | undefined;
}

function classOf<T>(field: Field<T>): string {
  const names = [field.align && classes.right, field.wide && classes.wide, field.from && classes[field.from], field.bare && classes.bare];
  return names.filter(Boolean).join(' ');
}

// The roles are written out, because the cards' `display: block` would take them away.
const as = {
  table: { role: 'table' },
  rowgroup: { role: 'rowgroup' },
  row: { role: 'row' },
  columnheader: { role: 'columnheader' },
  cell: { role: 'cell' },
};

export function DataTable<T>({ label, fields, rows, rowKey, rowTone }: Props<T>) {
  return (
    <Box className={classes.box} tabIndex={0} role="region" aria-label={label}>
      <table className={classes.table} {...as.table} aria-label={label}>
        <thead {...as.rowgroup}>
          <tr {...as.row}>
            {fields.map(field => (
              <th key={field.id} {...as.columnheader} scope="col" className={classOf(field)}>
                {field.head || <span className="unseen">{field.id}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...as.rowgroup}>
          {rows.map(row => (
            <tr key={rowKey(row)} {...as.row} data-tone={rowTone?.(row)}>
              {fields.map(field => (
                <td key={field.id} {...as.cell} className={classOf(field)} data-label={field.bare ? undefined : field.head}>
                  <span className={classes.cell}>{field.render(row)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Box>
  );
}
