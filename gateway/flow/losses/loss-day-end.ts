// Says each day in one line when it is over. The line is made of what the store holds, so that it is
// the same as what the API shows; a day that ended while the gateway was off is told by the API alone.
import type { Answer } from '../../api/desk.ts';
import type { IntakeDayView } from '../../api/schemas.ts';
import type { Place } from '../../domain/asset.ts';
import { headInWords, type AuditHead } from '../../domain/audit.ts';
import { siteDays } from '../../domain/day.ts';
import {
  between,
  earlier,
  later,
  milliseconds,
  minutes,
  type Cancel,
  type Clock,
} from '../../domain/time.ts';

export interface DayEndParts {
  readonly place: Place;
  readonly clock: Clock;
  readonly days: (query: { readonly day: string }) => Promise<Answer<IntakeDayView[]>>;
  /** Where the audit chain ends: said each day, it is written down where the store cannot reach. */
  readonly auditHead?: () => Promise<AuditHead>;
  readonly logger: {
    info(facts: object, words: string): void;
    warn(facts: object, words: string): void;
  };
  readonly onFault: (fault: unknown) => void;
}

/** What was heard in the last second of a day is counted within this. */
const GRACE = minutes(1);

export function createDayEnd({ place, clock, days, auditHead, logger, onFault }: DayEndParts) {
  const calendar = siteDays(place);
  let next: Cancel | undefined;

  async function tell(day: string): Promise<void> {
    const answer = await days({ day });
    const [view] = answer.ok ? answer.value : [];
    if (!view) return;
    const head = await auditHead?.();
    const audit = head && { audit: headInWords(head) };
    const facts = { day, heard: view.heard, stored: view.stored, lost: view.lostInAll, ...audit };
    if (view.lostInAll > 0) logger.warn(facts, view.line);
    else logger.info(facts, view.line);
  }

  function wait(): void {
    const due = later(calendar.at(earlier(clock.now(), GRACE)).end, GRACE);
    next = clock.after(between(clock.now(), due), () => {
      const over = calendar.at(earlier(clock.now(), milliseconds(GRACE + 1))).day;
      tell(over).catch(onFault);
      wait();
    });
  }
  return { start: wait, stop: (): void => next?.() };
}
