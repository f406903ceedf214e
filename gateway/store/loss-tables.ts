// The writer's hand on the loss ledger: the days' counts, which are added to, and the losses, which
// are put in whole. Saved with the step's cursor, so that nothing is counted twice or not at all.
import type { DatabaseSync } from 'node:sqlite';
import type { IntakeChanges, ReasonCount } from '../domain/intake-book.ts';
import { addDays, type LocalDay } from '../domain/day.ts';
import type { LossRow } from '../domain/loss.ts';

export interface LossTables {
  save(changes: IntakeChanges): void;
}

/** Devices are counted apart for so many days; after that they are in the sum of their source. */
const DEVICE_DAYS = 60;
const KEPT_DAYS = 400;
/** The oldest go first. A device that loses without end has one row in ten minutes. */
const MOST_LOSSES = 200_000;

export function lossTables(db: DatabaseSync): LossTables {
  const count = db.prepare(
    `INSERT INTO intake_days VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
     SET frames = frames + excluded.frames, readings = readings + excluded.readings`,
  );
  const reason = db.prepare(
    `INSERT INTO intake_reasons VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
     SET count = count + excluded.count`,
  );
  const put = db.prepare('INSERT OR REPLACE INTO losses VALUES (?, ?, ?, ?, ?, ?, ?)');
  const forget = db.prepare('DELETE FROM losses WHERE id = ?');
  const prune = pruning(db);

  const addReason = (one: ReasonCount): unknown =>
    reason.run(one.day, one.source, one.device, one.kind, one.reason, one.count);
  const putLoss = (row: LossRow): unknown =>
    row.count === 0
      ? forget.run(row.id)
      : put.run(
          row.id,
          row.day,
          Math.round(row.to),
          row.source,
          row.device ?? '',
          row.reason,
          JSON.stringify(row),
        );
  return {
    save({ counts, reasons, losses, ended }) {
      for (const { day, source, device, frames, readings } of counts) {
        count.run(day, source, device, frames, readings);
      }
      reasons.forEach(addReason);
      losses.forEach(putLoss);
      if (ended !== undefined) prune(ended);
    },
  };
}

/** Once a day. Sums stay: what a source's devices had is added to what it had itself. */
function pruning(db: DatabaseSync): (ended: LocalDay) => void {
  const gather = [
    `INSERT INTO intake_days
     SELECT day, source, '', sum(frames), sum(readings) FROM intake_days
     WHERE device <> '' AND day < :before GROUP BY day, source
     ON CONFLICT DO UPDATE
     SET frames = frames + excluded.frames, readings = readings + excluded.readings`,
    `DELETE FROM intake_days WHERE device <> '' AND day < :before`,
    `INSERT INTO intake_reasons
     SELECT day, source, '', kind, reason, sum(count) FROM intake_reasons
     WHERE device <> '' AND day < :before GROUP BY day, source, kind, reason
     ON CONFLICT DO UPDATE SET count = count + excluded.count`,
    `DELETE FROM intake_reasons WHERE device <> '' AND day < :before`,
  ].map((statement) => db.prepare(statement));
  const forget = ['intake_days', 'intake_reasons', 'losses'].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE day < :before`),
  );
  const shorten = db.prepare(
    `DELETE FROM losses WHERE until <
     (SELECT until FROM losses ORDER BY until DESC LIMIT 1 OFFSET ${MOST_LOSSES})`,
  );
  return (ended) => {
    for (const statement of gather) statement.run({ before: addDays(ended, -DEVICE_DAYS) });
    for (const statement of forget) statement.run({ before: addDays(ended, -KEPT_DAYS) });
    shorten.run();
  };
}
