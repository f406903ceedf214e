// Rules tried on a log that is spelled out in a test, and what really came of the same log.
import type { LogRecord, Sequence } from '../../gateway/domain/record.ts';
import { createStanding } from '../../gateway/domain/standing.ts';
import type { Instant } from '../../gateway/domain/time.ts';
import { createStep, type StepSite } from '../../gateway/flow/step.ts';
import {
  rehearse,
  type Rehearsal,
  type RehearsalParts,
} from '../../gateway/flow/rehearsal/rehearsal.ts';
import { occurrenceOf, type Occurrence } from '../../gateway/flow/rehearsal/rehearsal-stage.ts';
import type { Alarm } from '../../gateway/domain/alarm.ts';
import { SMALL_SITE } from '../fakes/small-site.ts';

type Rules = StepSite['rules'];

export interface Tried {
  readonly before: Rules;
  readonly after: Rules;
  readonly from?: Instant;
  readonly to?: Instant;
  readonly now?: Instant;
}

/** As a store would read them. */
export const logOf = (
  records: readonly LogRecord[],
  head: Sequence = records.at(-1)?.sequence ?? 0,
): RehearsalParts['log'] => ({
  head: () => head,
  readAfter: async (cursor, limit) =>
    records.filter(({ sequence }) => sequence > cursor).slice(0, limit),
});

export const tried = (
  records: readonly LogRecord[],
  ask: Tried,
  parts: Partial<RehearsalParts> = {},
): Promise<Rehearsal> =>
  rehearse(
    { site: SMALL_SITE, ...ask },
    {
      log: logOf(records),
      mayGoOn: () => true,
      mostRecords: Infinity,
      mostAlarms: Infinity,
      ...parts,
    },
  );

/** What the gateway itself made of these records, in order of birth. */
export function really(records: readonly LogRecord[], rules: Rules): Occurrence[] {
  const standing = createStanding({ slices: [], alarms: [], tickets: [] });
  const step = createStep({ ...SMALL_SITE, rules }, standing);
  const booked = new Map<string, Alarm>();
  for (const record of records) {
    step.fold(record);
    for (const alarm of standing.takeChanges().alarms) booked.set(alarm.id, alarm);
  }
  return [...booked.values()].map(occurrenceOf);
}
