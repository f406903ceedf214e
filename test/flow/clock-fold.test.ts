// A leap of the clock anywhere in any log changes nothing but the numbers on the clock's face.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../gateway/domain/record.ts';
import { days, hours, instant, minutes, moved, seconds } from '../../gateway/domain/time.ts';
import { DEFAULT_WORK } from '../../gateway/domain/work.ts';
import { command, foldedSite, reading, started, tick } from '../fakes/folded-site.ts';
import { BIN_FULL, clock, SMALL_SITE } from '../fakes/small-site.ts';
import { anyLog } from './any-log.ts';

const BOOT = 'run 1';
const leapt = (stepMs: number, at: number): Entry => ({
  kind: 'clock',
  boot: BOOT,
  stepMs,
  state: 'unknown',
  receivedAt: instant(at),
});

/** One run, in which time only goes on. */
const oneRun = (log: readonly Entry[]): Entry[] => {
  const [start, ...rest] = log;
  const later = rest
    .filter(({ kind }) => kind !== 'gateway')
    .toSorted((a, b) => a.receivedAt - b.receivedAt)
    .filter(({ receivedAt }) => receivedAt >= start!.receivedAt);
  return [{ ...started(start!.receivedAt), boot: BOOT } as Entry, ...later];
};

/** The same happening, stamped by a clock that was set by so much. */
function stampedBy(stepMs: number, entry: Entry): Entry {
  const next = { ...entry, receivedAt: moved(entry.receivedAt, stepMs) };
  if (next.kind === 'reading') return { ...next, observedAt: moved(next.observedAt, stepMs) };
  if (next.kind !== 'command' || next.body['until'] === undefined) return next;
  return { ...next, body: { ...next.body, until: Number(next.body['until']) + stepMs } };
}

const MOMENT = /(At|Until)$/;

/** Every moment of what people see, by how far it lies from a start. */
/** parkedUntil, waitingSince, dueAt. */
const TICKET_MOMENT = /(?:At|Until|Since)$/;

function seenFrom(start: number, site: ReturnType<typeof foldedSite>) {
  const since = (moment: number | undefined) => moment && moment - start;
  return {
    alarms: site
      .alarms()
      .map((alarm) =>
        Object.fromEntries(
          Object.entries(alarm).map(([name, value]) =>
            MOMENT.test(name) ? [name, since(value as number)] : [name, value as unknown],
          ),
        ),
      ),
    tickets: site.tickets().map(({ history, ...ticket }) => ({
      ...Object.fromEntries(
        Object.entries(ticket).map(([name, value]) =>
          TICKET_MOMENT.test(name) ? [name, since(value as number)] : [name, value as unknown],
        ),
      ),
      // What was said in words names the time that the clock showed then.
      history: history.map(({ at, reason, ...step }) => ({
        ...step,
        at: since(at),
        reason: reason?.replace(/^\d\d:\d\d /, ''),
      })),
    })),
  };
}

/** Where every hour counts: a deadline in working hours hangs on the date. */
const NEVER_CLOSED = { ...SMALL_SITE, work: { ...DEFAULT_WORK, hours: [] } };

describe('a leap of the clock', () => {
  it('anywhere in any run leaves every alarm and ticket where it was beside the others', () => {
    const steps = fc.constantFrom(days(3), 0 - days(1), seconds(3), 0 - hours(5), days(400));
    const cut = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(anyLog, steps, cut, (log, stepMs, share) => {
        const entries = oneRun(log);
        const at = 1 + Math.floor(share * (entries.length - 1));
        const end = moved(entries.at(-1)!.receivedAt, hours(3));
        const whole = [...entries, tick(end)];
        const still = foldedSite(NEVER_CLOSED);
        still.fold(...whole);
        const leaping = foldedSite(NEVER_CLOSED);
        const clockAt = moved(whole[at - 1]!.receivedAt, stepMs);
        leaping.fold(
          ...whole.slice(0, at),
          leapt(stepMs, clockAt),
          ...whole.slice(at).map((entry) => stampedBy(stepMs, entry)),
        );
        const start = entries[0]!.receivedAt;
        expect(seenFrom(start + stepMs, leaping)).toEqual(seenFrom(start, still));
      }),
      { numRuns: 300 },
    );
  });

  it('of another run is none of this one', () => {
    const site = foldedSite({ ...SMALL_SITE, rules: [BIN_FULL] });
    site.fold({ ...started(clock('09:59')), boot: 'run 2' } as Entry);
    site.hear({ asset: 'k1-wet', quantity: 'fill', value: 0.95, at: clock('10:00') });
    site.fold(leapt(days(3), clock('10:01')));
    site.wait(clock('10:10'));
    expect(site.alarms()).toMatchObject([{ raisedAt: clock('10:10') }]);
  });

  it('does not rewrite what an earlier run has stamped', () => {
    const site = foldedSite({ ...SMALL_SITE, rules: [BIN_FULL] });
    site.fold(started(clock('09:00')));
    site.hear({ asset: 'k1-wet', quantity: 'fill', value: 0.95, at: clock('09:10') });
    site.wait(clock('09:30'));
    const until = clock('12:00');
    site.fold(
      command({ on: 'alarm', id: 'A1', action: 'shelve', at: clock('09:31'), body: { until } }),
    );
    site.fold({ ...started(clock('10:00')), boot: BOOT } as Entry);
    site.fold(leapt(hours(1), clock('11:05')));
    expect(site.alarms()).toMatchObject([
      { raisedAt: clock('09:20'), shelvedUntil: until, state: 'shelved' },
    ]);
    expect(site.tickets()).toMatchObject([{ raisedAt: clock('09:20') }]);
    site.wait(until);
    expect(site.alarms()[0]?.state).toBe('active-unacknowledged');
  });

  it('leaves a due date where a person has put it', () => {
    const site = foldedSite({ ...SMALL_SITE, rules: [] });
    site.fold({ ...started(clock('09:00')), boot: BOOT } as Entry);
    const body = { category: 'lift', title: 'Lift' };
    site.fold(command({ on: 'ticket', action: 'raise', at: clock('09:10'), body }));
    const dueAt = clock('18:00');
    const answer = { action: 'answer', role: 'manager', body: { team: 'engineers', dueAt } };
    site.fold(command({ on: 'ticket', id: 'T1', at: clock('09:20'), ...answer }));
    site.fold(leapt(days(3), clock('09:30') + days(3)));
    expect(site.tickets()).toMatchObject([{ dueAt, raisedAt: clock('09:10') + days(3) }]);
  });
});

describe('a start whose clock stands before the last word of the run before', () => {
  it('goes on with every age as it was', () => {
    const site = foldedSite({ ...SMALL_SITE, rules: [BIN_FULL] });
    site.fold(started(clock('09:59')));
    site.hear({ asset: 'k1-wet', quantity: 'fill', value: 0.95, at: clock('10:00') });
    site.wait(clock('10:04'));
    const start = moved(clock('10:00'), 0 - days(2));
    site.fold(started(start));
    site.wait(moved(start, minutes(6) - 1));
    expect(site.alarms()).toEqual([]);
    site.wait(moved(start, minutes(6)));
    expect(site.alarms()).toMatchObject([{ raisedAt: moved(start, minutes(6)) }]);
    const { receivedAt } = site.standing.assets.get('k1-wet')!.latest.fill!;
    expect(receivedAt).toBe(moved(start, 0 - minutes(4)));
  });
});

describe('a reading without a moment', () => {
  const undated = { doubt: 'unsynchronised', asset: 'k1-wet' } as const;

  it('is believed by the rules, and nothing that follows from it is written yet', () => {
    const site = foldedSite({ ...SMALL_SITE, rules: [BIN_FULL] });
    site.fold({ ...started(clock('09:59')), clock: 'unsynchronised' } as Entry);
    const said = { ...undated, quantity: 'distance', value: 230 } as const;
    expect(site.hear({ ...said, at: clock('10:00') })).toEqual([]);
    site.wait(clock('10:10'));
    expect(site.alarms()).toMatchObject([{ rule: 'bin-full', raisedAt: clock('10:10') }]);
  });

  it('written again moves no rule and nobody’s last word, and gives what follows from it', () => {
    const site = foldedSite({ ...SMALL_SITE, rules: [BIN_FULL] });
    site.fold(started(clock('09:59')));
    site.hear({ asset: 'k1-wet', quantity: 'distance', value: 800, at: clock('10:00') });
    const before = [site.standing.devices.get('k1'), site.standing.assets.get('k1-wet')];
    const again = { ...undated, doubt: 'restamped', quantity: 'distance', value: 230 } as const;
    const derived = site.fold(reading({ ...again, at: clock('09:00') }));
    expect(derived).toMatchObject([{ quantity: 'fill', observedAt: clock('09:00') }]);
    expect([site.standing.devices.get('k1'), site.standing.assets.get('k1-wet')]).toEqual(before);
    site.wait(clock('11:00'));
    expect(site.alarms()).toEqual([]);
  });
});
