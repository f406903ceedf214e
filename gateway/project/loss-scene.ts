// What the parts of the loss ledger share: whom it watches, which day it is, and how a row is counted.
import type { DeviceId } from '../domain/asset.ts';
import type { DaySpan, SiteDays } from '../domain/day.ts';
import type { IntakeBook } from '../domain/intake-book.ts';
import { isLostMessage, type LossRow } from '../domain/loss.ts';
import type { Standing } from '../domain/standing.ts';
import type { Instant } from '../domain/time.ts';
import type { Rhythm } from './silent-spans.ts';

export interface Watched extends Rhythm {
  /** How long a silence is none yet, in milliseconds. */
  readonly patience: number;
}

export interface Scene {
  readonly standing: Standing;
  readonly book: IntakeBook;
  readonly watched: ReadonlyMap<DeviceId, Watched>;
  readonly days: SiteDays;
  today: DaySpan;
}

/** Under this key the agenda has the end of the day. */
export const DAY_END = 'day-end';

export function turnDay(scene: Scene, at: Instant): void {
  scene.today = scene.days.at(at);
  scene.book.turnTo(scene.today.day);
  scene.standing.agenda.set(DAY_END, scene.today.end);
}

/** A row is new, or other than it was, by so many. */
export function change({ book }: Scene, row: LossRow, by: number): void {
  const { day, source, device = '', reason } = row;
  book.putLoss(row);
  const kind = isLostMessage(reason) && !row.isInGaps ? 'lost' : 'noted';
  book.addReason({ day, source, device, kind, reason }, by);
}

export function tell(scene: Scene, row: LossRow | undefined): void {
  if (row) change(scene, row, row.count);
}
