// The log's part of the salvage: from record to record, around whatever cannot be read. Behind a
// hole it looks in growing strides for the next record, and from there back to the hole's other edge.
//
//   ▇▇▇▇▇▇▇▇▇░░░░░░░░▇▇▇▇▇▇▇▇▇▇      ▇ copied   ░ a gap, written down
//           └1┘─2─┘───4───┘
//              ◀──────────┘
import type { DatabaseSync } from 'node:sqlite';
import type { Sequence } from '../domain/record.ts';
import type { Copier, Row } from './salvage-rows.ts';
import { isThere, walkRows } from './salvage-rows.ts';
import { isJson } from './soundness.ts';

const ONWARD = 'SELECT * FROM log WHERE sequence > ? ORDER BY sequence';
const BACK = 'SELECT * FROM log WHERE sequence > ? AND sequence < ? ORDER BY sequence DESC';
const NEXT = 'SELECT sequence FROM log WHERE sequence > ? ORDER BY sequence LIMIT 1';
const LAST = 'SELECT sequence FROM log ORDER BY sequence DESC LIMIT 1';

export function copyLog(from: DatabaseSync, to: DatabaseSync, copy: Copier): 'whole' | 'in part' {
  const found = lastIn(from);
  const end = found ?? Number.MAX_SAFE_INTEGER;
  const noteGap = gapNotes(to);
  let [last, received] = [0, 0];
  const put = (row: Row): void => {
    if (!isSound(row)) return;
    copy.put(row);
    received = Number(row['observed']) + Number(row['delay']);
  };
  const putNext = (row: Row): void => {
    const sequence = Number(row['sequence']);
    if (sequence <= last || sequence > end) return; // a page of some other place
    last = sequence;
    put(row);
  };
  let copied: 'whole' | 'in part' = 'whole';
  while (!walkRows(from, [ONWARD, last], putNext)) {
    copied = 'in part';
    const beyond = nextReadable(from, last, end);
    let edge = beyond ?? (found ?? lastFollowed(to)) + 1;
    const putBack = (row: Row): void => {
      edge = Math.min(edge, Number(row['sequence']));
      put(row);
    };
    if (beyond !== undefined) walkRows(from, [BACK, last, beyond], putBack);
    if (edge > last + 1) noteGap(last + 1, edge - 1, received);
    if (beyond === undefined) return copied;
    last = beyond - 1;
  }
  return copied;
}

/** The first format had no gaps to write down. */
function gapNotes(to: DatabaseSync): (first: Sequence, last: Sequence, at: number) => void {
  if (!isThere(to, 'gaps')) return () => undefined;
  const put = to.prepare('INSERT OR REPLACE INTO gaps VALUES (?, ?, ?, ?)');
  return (first, last, at) => void put.run(first, last, last + 1 - first, at);
}

function nextReadable(from: DatabaseSync, last: Sequence, end: Sequence): Sequence | undefined {
  for (let stride = 1; last + stride < end; stride *= 2) {
    let found: Sequence | undefined;
    const note = (row: Row): void => void (found = Number(row['sequence']));
    if (walkRows(from, [NEXT, last + stride], note) && found !== undefined && found > last + stride)
      return found;
  }
  return undefined;
}

function lastIn(from: DatabaseSync): Sequence | undefined {
  let last: Sequence | undefined;
  walkRows(from, [LAST], (row) => void (last = Number(row['sequence'])));
  return last;
}

/** Where the end itself is lost, all that anybody has passed was there. */
const lastFollowed = (to: DatabaseSync): Sequence =>
  Number(to.prepare('SELECT max(position) AS last FROM cursors').get()?.['last'] ?? 0);

/** A record whose JSON is broken can be told to nobody. */
const isSound = ({ body }: Row): boolean => body === null || isJson(body);
