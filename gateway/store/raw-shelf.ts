// The shelf of raw bytes behind what was rejected or doubted, so that an engineer can look at
// what a device really said. It holds no more bytes and nothing older than the site file allows:
// the oldest goes first. Age is told by the log's own receipts, so a replayed month keeps its bytes.
import type { DatabaseSync } from 'node:sqlite';
import type { Sequence } from '../domain/record.ts';
import type { StoreSettings } from './log.ts';

export interface RawShelf {
  put(sequence: Sequence, receivedAt: number, bytes: Uint8Array): void;
  /** Takes off what is too old beside `newest`, or too much. */
  prune(newest: number): void;
  /** Takes off the older half, because the store as a whole is too large; whether there was any. */
  drop(): boolean;
}

interface Item {
  readonly sequence: Sequence;
  readonly receivedAt: number;
  readonly size: number;
}

type Keep = Pick<StoreSettings, 'rawKeep' | 'rawKeepBytes'>;

export function rawShelf(db: DatabaseSync, keep: Keep): RawShelf {
  const insert = db.prepare('INSERT INTO raw VALUES (?, ?, ?)');
  const remove = db.prepare('DELETE FROM raw WHERE sequence <= ?');
  const select = db.prepare('SELECT sequence, received, length(bytes) AS size FROM raw ORDER BY 1');
  let total = Number(db.prepare('SELECT total(length(bytes)) AS size FROM raw').get()?.['size']);
  let oldest = Number(select.get()?.['received'] ?? Infinity);

  const mustGo = (item: Item, newest: number): boolean =>
    total > keep.rawKeepBytes || item.receivedAt < newest - keep.rawKeep;

  return {
    put(sequence, receivedAt, bytes) {
      insert.run(sequence, Math.round(receivedAt), bytes);
      total += bytes.length;
      oldest = Math.min(oldest, receivedAt);
    },
    prune(newest) {
      if (total <= keep.rawKeepBytes && oldest >= newest - keep.rawKeep) return;
      let last = 0;
      oldest = Infinity;
      for (const row of select.iterate()) {
        const item = itemOf(row);
        oldest = item.receivedAt;
        if (!mustGo(item, newest)) break;
        last = item.sequence;
        total -= item.size;
        oldest = Infinity;
      }
      remove.run(last);
    },
    drop() {
      const items = select.all().map(itemOf);
      const half = items.slice(0, Math.ceil(items.length / 2));
      remove.run(half.at(-1)?.sequence ?? 0);
      for (const { size } of half) total -= size;
      oldest = items[half.length]?.receivedAt ?? Infinity;
      return half.length > 0;
    },
  };
}

const itemOf = (row: Record<string, unknown>): Item => ({
  sequence: Number(row['sequence']),
  receivedAt: Number(row['received']),
  size: Number(row['size']),
});
