// The loss ledger as a fold: per site day, source and device the frames and readings that were
// written down, what was refused by reason, and as rows what was lost: drops that the intake told,
// numbers that a device's own counter skipped, silences that its rhythm did not allow.
// Called with every record before anybody else knows of it, so that a device's last word is still
// its last. Every reading comes through here: one look-up, a few additions, nothing made.
import type { Compound, DeviceId } from '../domain/asset.ts';
import { siteDays } from '../domain/day.ts';
import type { Attended } from '../domain/intake-book.ts';
import { DROPS, type LossReason, type LossRow } from '../domain/loss.ts';
import type {
  LogRecord,
  LossEntry,
  ReadingEntry,
  Recorded,
  RejectionEntry,
} from '../domain/record.ts';
import type { Standing } from '../domain/standing.ts';
import { minutes, type Instant } from '../domain/time.ts';
import { hearNumber } from './loss-numbers.ts';
import { change, DAY_END, tell, turnDay, type Scene, type Watched } from './loss-scene.ts';
import { begin, changeLink, endDay, setClock } from './loss-silences.ts';
import { nextNumber } from './own-counter.ts';
import { patienceOf, silenceUntil } from './silent-spans.ts';

export interface LossLedger {
  fold(record: Exclude<LogRecord, { kind: 'derived' }>): void;
  /** Does what is due under this key; false where it is somebody else's. */
  due(key: string, at: Instant): boolean;
}

export function createLossLedger(compound: Compound, standing: Standing): LossLedger {
  const book = standing.intake;
  const days = siteDays(compound.place);
  const watched = new Map<DeviceId, Watched>();
  for (const { id, source, every } of compound.devices.values()) {
    const attended = book.attended(source, id);
    watched.set(id, { attended, every, patience: patienceOf(every) });
  }
  const { lastAt } = standing.gateway();
  const scene: Scene = { standing, book, watched, days, today: days.at(lastAt) };
  if (lastAt > 0) turnDay(scene, lastAt);
  let speaking: Watched | undefined;
  return {
    fold(record) {
      const at = record.receivedAt;
      if (at < scene.today.start || at >= scene.today.end) turnDay(scene, at);
      switch (record.kind) {
        case 'reading': {
          // The numbers of a message come one after the other.
          if (speaking?.attended.device !== record.device) speaking = watched.get(record.device);
          const who = speaking;
          if (!who) return;
          who.attended.readings += 1;
          if (record.part === 0) hearFrame(scene, who, record);
          else book.touch(who.attended);
          return;
        }
        case 'rejection':
          return refuse(scene, record);
        case 'loss':
          return drop(scene, record);
        case 'link':
          return changeLink(scene, record);
        case 'gateway':
          return record.event === 'stopped' ? undefined : begin(scene, record);
        case 'clock':
          return setClock(scene, record);
        case 'command':
        case 'tick':
          return;
      }
    },
    due(key, at) {
      if (key !== DAY_END) return false;
      endDay(scene, at);
      return true;
    },
  };
}

function hearFrame(
  scene: Scene,
  who: Watched,
  record: Recorded<ReadingEntry | RejectionEntry>,
): void {
  const { attended } = who;
  const { kept } = attended;
  const { seq, receivedAt: at, sequence } = record;
  attended.frames += 1;
  scene.book.touch(attended);
  const quietFrom = kept.listening?.from ?? kept.heardAt;
  if (quietFrom !== undefined && at - quietFrom > who.patience) {
    tell(
      scene,
      silenceUntil(who, { until: at, day: scene.today.day, mark: sequence, by: 'its word' }),
    );
  }
  if (seq !== undefined && seq !== kept.seq) {
    if (kept.seq !== undefined && seq === nextNumber(kept.seq)) kept.seq = seq;
    else {
      const isResend = record.kind === 'rejection' && record.reason === 'duplicate';
      hearNumber(scene, attended, { seq, at, sequence, isResend });
    }
  }
  kept.heardAt = at;
  if (kept.listening) delete kept.listening;
}

function refuse(scene: Scene, record: Recorded<RejectionEntry>): void {
  const { source, reason } = record;
  const known = scene.watched.get(record.device ?? '');
  const who = known?.attended.source === source ? known : undefined;
  const attended = who?.attended ?? scene.book.attended(source, '');
  const { device } = attended;
  scene.book.addReason({ day: scene.today.day, source, device, kind: 'rejected', reason }, 1);
  if (record.isBeside) return;
  if (who) return hearFrame(scene, who, record);
  attended.frames += 1;
  scene.book.touch(attended);
}

/** Drops of one reason that follow each other within this are told in one row. */
const ONE_ROW = minutes(10);

function drop(scene: Scene, record: Recorded<LossEntry>): void {
  const { source, reason, from, to, count } = record;
  const who = scene.watched.get(record.device ?? '');
  const attended = who?.attended ?? scene.book.attended(source, '');
  const { kept, device } = attended;
  const day = scene.today.day;
  const before = kept.dropped;
  const isMore =
    before?.reason === reason && before.day === day && Math.abs(to - before.to) <= ONE_ROW;
  const row: LossRow = isMore
    ? { ...before, to, count: before.count + count }
    : {
        id: `loss ${record.sequence}`,
        source,
        ...(device !== '' && { device }),
        reason,
        from,
        to,
        count,
        day,
        ...(isInGaps(scene, attended, reason) && { isInGaps: true }),
      };
  kept.dropped = row;
  scene.book.touch(attended);
  change(scene, row, count);
}

/** Whoever numbers its words tells every loss itself, where the next word comes. */
function isInGaps({ watched }: Scene, attended: Attended, reason: LossReason): boolean {
  if (!DROPS.some((drop) => drop === reason)) return false;
  if (attended.device !== '') return attended.kept.seq !== undefined;
  const ours = [...watched.values()].filter((who) => who.attended.source === attended.source);
  return ours.length > 0 && ours.every((who) => who.attended.kept.seq !== undefined);
}
