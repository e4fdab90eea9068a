// A table that shows what is in view, of lists of any length. Rows before and after are spacers, so the scroll bar
// tells the truth; a list that comes in pages asks for the next when its end comes near.
import { Box, Checkbox, UnstyledButton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type ReactNode, useEffect, useRef } from 'react';
import { navigate } from '../router/router';
import classes from './VirtualTable.module.css';

export interface Column<T> {
  id: string;
  head: ReactNode;
  sort?: string; // the name to sort by
  width?: string; // CSS; what is left over is shared by those without
  from?: 'sm' | 'md' | 'lg'; // hidden on windows narrower than that
  render: (row: T) => ReactNode;
}

export interface Selection {
  chosen: ReadonlySet<string>;
  toggle: (key: string) => void;
  toggleAll: () => void;
  labels: { row: string; all: string };
}

interface Props<T> {
  label: string;
  columns: Column<T>[];
  rows: T[];
  rowKey: (row: T) => string;
  rowHref?: (row: T) => string; // a click anywhere on the row opens it; the row's own link is for keyboards
  rowTone?: (row: T) => 'bad' | 'warn' | undefined;
  total?: number | undefined;
  onNearEnd?: () => void;
  selection?: Selection;
  sort?: { by: string; onSort: (by: string) => void }; // 'state', or '-state' the other way round
  rowHeight?: number;
  height?: string;
}

const hide = { sm: classes.fromSm, md: classes.fromMd, lg: classes.fromLg };

function hidden<T>(column: Column<T>): string {
  return column.from ? (hide[column.from] ?? '') : '';
}

function openRow(event: MouseEvent, to: string | undefined) {
  const onControl = (event.target as Element).closest('a, button, input, label') !== null;
  const selecting = (window.getSelection()?.toString() ?? '') !== '';
  if (to && !onControl && !selecting) navigate(to);
}

function Head<T>({ column, sort }: { column: Column<T>; sort: Props<T>['sort'] }) {
  const name = column.sort;
  const style = { width: column.width };
  if (!sort || !name)
    return (
      <th scope="col" style={style} className={hidden(column)}>
        {column.head}
      </th>
    );
  const up = sort.by === name;
  const down = sort.by === `-${name}`;
  return (
    <th scope="col" style={style} className={hidden(column)} aria-sort={up ? 'ascending' : down ? 'descending' : 'none'}>
      <UnstyledButton className={classes.sort} onClick={() => sort.onSort(up ? `-${name}` : name)}>
        {column.head}
        <span aria-hidden="true">{up ? ' ▴' : down ? ' ▾' : ''}</span>
      </UnstyledButton>
    </th>
  );
}

export function VirtualTable<T>(props: Props<T>) {
  const { label, columns, rows, rowKey, selection, onNearEnd, total, rowHeight = 38 } = props;
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    initialRect: { width: 1000, height: 800 },
  });
  const shown = virtual.getVirtualItems();
  const first = shown[0];
  const last = shown.at(-1);
  const lastIndex = last?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && lastIndex >= rows.length - 30) onNearEnd?.();
  }, [lastIndex, rows.length, onNearEnd]);
  const all = selection !== undefined && rows.length > 0 && rows.every(row => selection.chosen.has(rowKey(row)));
  return (
    <Box ref={box} className={`panel ${classes.box ?? ''}`} style={{ height: props.height ?? 'max(340px, calc(100dvh - 232px))' }} tabIndex={0} role="region" aria-label={label}>
      <table className={classes.table} aria-label={label} aria-rowcount={(total ?? rows.length) + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {selection && (
              <th scope="col" className={classes.tick}>
                <Checkbox
                  size="xs"
                  checked={all}
                  indeterminate={!all && selection.chosen.size > 0}
                  onChange={selection.toggleAll}
                  aria-label={selection.labels.all}
                />
              </th>
            )}
            {columns.map(column => (
              <Head key={column.id} column={column} sort={props.sort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {first && first.start > 0 && (
            <tr aria-hidden="true" className={classes.spacer}>
              <td style={{ height: first.start }} />
            </tr>
          )}
          {shown.map(item => {
            const row = rows[item.index] as T;
            const key = rowKey(row);
            const to = props.rowHref?.(row);
            return (
              <tr
                key={key}
                aria-rowindex={item.index + 2}
                data-chosen={selection?.chosen.has(key) ? 'true' : undefined}
                data-tone={props.rowTone?.(row)}
                data-link={to ? 'true' : undefined}
                style={{ height: rowHeight }}
                onClick={event => openRow(event, to)}
              >
                {selection && (
                  <td className={classes.tick}>
                    <Checkbox
                      size="xs"
                      checked={selection.chosen.has(key)}
                      onChange={() => selection.toggle(key)}
                      aria-label={`${selection.labels.row} ${key}`}
                    />
                  </td>
                )}
                {columns.map(column => (
                  <td key={column.id} className={hidden(column)}>
                    {column.render(row)}
                  </td>
                ))}
              </tr>
            );
          })}
          {last && last.end < virtual.getTotalSize() && (
            <tr aria-hidden="true" className={classes.spacer}>
              <td style={{ height: virtual.getTotalSize() - last.end }} />
            </tr>
          )}
        </tbody>
      </table>
    </Box>
  );
}
