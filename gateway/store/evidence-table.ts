// The evidence of alarms and what is known of photos: the writer's hand on them, the reader's look.
import type { DatabaseSync } from 'node:sqlite';
import type { Evidence } from '../domain/evidence.ts';
import type { Photo } from '../domain/photo.ts';
import { instant, type Instant } from '../domain/time.ts';
import { hex } from './audit-chain.ts';

/** Evidence that was completed, photos that came and went: one write, all of it or nothing. */
export interface Exhibits {
  readonly evidence?: readonly Evidence[];
  readonly photos?: readonly Photo[];
  readonly forget?: readonly string[];
}

export interface EvidenceTable {
  /** What has evidence already keeps it. */
  begin(evidence: readonly Evidence[]): void;
  put(exhibits: Exhibits): void;
}

export function evidenceTable(db: DatabaseSync): EvidenceTable {
  const insert = db.prepare(
    `INSERT INTO evidence (alarm, raised, due, body) VALUES (?, ?, ?, ?)
     ON CONFLICT (alarm) DO NOTHING`,
  );
  const complete = db.prepare(
    'UPDATE evidence SET due = ?, body = ? WHERE alarm = ? AND due IS NOT NULL',
  );
  const addPhoto = db.prepare('INSERT OR REPLACE INTO photos VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const forgetPhoto = db.prepare('DELETE FROM photos WHERE id = ?');
  return {
    begin(evidence) {
      for (const one of evidence) {
        insert.run(one.alarm, Math.round(one.raisedAt), dueOf(one), JSON.stringify(one));
      }
    },
    put({ evidence = [], photos = [], forget = [] }) {
      for (const one of evidence) complete.run(dueOf(one), JSON.stringify(one), one.alarm);
      for (const { id, ticket, by, at, bytes, width, height, sha256 } of photos) {
        addPhoto.run(
          id,
          ticket,
          by,
          Math.round(at),
          bytes,
          width,
          height,
          Buffer.from(sha256, 'hex'),
        );
      }
      for (const id of forget) forgetPhoto.run(id);
    },
  };
}

const dueOf = ({ due }: Evidence): number | null => (due === undefined ? null : Math.round(due));

export function evidenceQueries(db: DatabaseSync) {
  const one = db.prepare('SELECT body FROM evidence WHERE alarm = ?');
  const unfinished = db.prepare(
    'SELECT body FROM evidence WHERE due IS NOT NULL ORDER BY due LIMIT ?',
  );
  const photo = db.prepare('SELECT * FROM photos WHERE id = ?');
  const photos = db.prepare('SELECT * FROM photos ORDER BY at, id');
  const count = db.prepare('SELECT count(*) AS count FROM photos WHERE person = ? AND at >= ?');
  return {
    evidenceOf(alarm: string): Evidence | undefined {
      const row = one.get(alarm);
      return row && evidenceIn(row);
    },
    unfinishedEvidence: (limit: number): Evidence[] => unfinished.all(limit).map(evidenceIn),
    photoOf(id: string): Photo | undefined {
      const row = photo.get(id);
      return row && photoIn(row);
    },
    photos: (): Photo[] => photos.all().map(photoIn),
    photoCount: (by: string, since: Instant): number => Number(count.get(by, since)?.['count']),
  };
}

type Row = Readonly<Record<string, unknown>>;

const evidenceIn = (row: Row): Evidence => JSON.parse(String(row['body'])) as Evidence;

export const photoIn = (row: Row): Photo => ({
  id: String(row['id']),
  ticket: String(row['ticket']),
  by: String(row['person']),
  at: instant(Number(row['at'])),
  bytes: Number(row['bytes']),
  width: Number(row['width']),
  height: Number(row['height']),
  sha256: hex(row['sha256'] as Uint8Array),
});
