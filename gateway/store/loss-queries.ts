// What is asked of the loss ledger, as it runs on the reader's connection.
import type { DatabaseSync } from 'node:sqlite';
import type { LocalDay } from '../domain/day.ts';
import type { IntakeCount, ReasonCount } from '../domain/intake-book.ts';
import type { LossRow } from '../domain/loss.ts';
import type { IntakeDays, LossQuery } from './log.ts';

const LOSSES = `
  SELECT body FROM losses
  WHERE until >= :from AND until < :to
    AND (:source IS NULL OR source = :source)
    AND (:device IS NULL OR device = :device)
    AND (:reason IS NULL OR reason = :reason)
  ORDER BY until DESC, id DESC LIMIT :limit OFFSET :offset`;

export function lossQueries(db: DatabaseSync) {
  const counts = db.prepare('SELECT * FROM intake_days WHERE day >= ? AND day <= ?');
  const reasons = db.prepare(
    'SELECT * FROM intake_reasons WHERE day >= ? AND day <= ? AND count <> 0',
  );
  const losses = db.prepare(LOSSES);
  return {
    intakeDays: (from: LocalDay, to: LocalDay): IntakeDays => ({
      counts: counts.all(from, to) as unknown as IntakeCount[],
      reasons: reasons.all(from, to) as unknown as ReasonCount[],
    }),
    losses: ({ from, to, source, device, reason, limit, offset }: LossQuery): LossRow[] =>
      losses
        .all({
          from,
          to,
          source: source ?? null,
          device: device ?? null,
          reason: reason ?? null,
          limit,
          offset,
        })
        .map((row) => JSON.parse(String(row['body'])) as LossRow),
  };
}
