// What is really on disk, read past the gateway by plain SQL.
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface StoredReading {
  readonly sequence: number;
  readonly device: string;
  readonly seq: number;
  readonly value: number;
}

/** Every reading of one quantity, in log order, from a store that nobody holds open. */
export function storedReadings(dir: string, quantity: string): StoredReading[] {
  const db = new DatabaseSync(path.join(dir, 'courtyard.db'), { readOnly: true });
  try {
    return db
      .prepare(
        `SELECT log.sequence AS sequence, series.device AS device, log.device_seq AS seq, log.value AS value
         FROM log JOIN series ON series.id = log.series
         WHERE series.quantity = ? AND log.kind IN (0, 2) ORDER BY log.sequence`,
      )
      .all(quantity) as unknown as StoredReading[];
  } finally {
    db.close();
  }
}
