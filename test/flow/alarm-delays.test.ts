// Every delay that an alarm knows, across saves, restarts and outages: a hold, an off-delay, a re-alarm,
// a shelf, a flood, people's work. What counts a span goes on where it stood; what names a moment keeps
// it; and for the hours in which the gateway was off nobody is accused of anything.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alarm } from '../../gateway/domain/alarm.ts';
import type { Entry } from '../../gateway/domain/record.ts';
import type { RuleSettings, ThresholdRule } from '../../gateway/domain/rule.ts';
import type { SavedStanding } from '../../gateway/domain/standing.ts';
import { hours, milliseconds, minutes } from '../../gateway/domain/time.ts';
import {
  command,
  foldedSite,
  NOTHING_SAVED,
  reading,
  tick,
  type FoldedSite,
} from '../fakes/folded-site.ts';
import { BIN_FULL, clock, LEAK, RULES, SILENT, SMALL_SITE } from '../fakes/small-site.ts';
import { anyLog } from './any-log.ts';

/** What a site has in its store, kept together over as many saves as there are. */
function keeping() {
  const slices = new Map<string, string>();
  const alarms = new Map<string, Alarm>();
  const tickets = new Map<string, SavedStanding['tickets'][number]>();
  return {
    save(site: FoldedSite): SavedStanding {
      const changes = site.standing.takeChanges();
      for (const [key, json] of changes.puts) if (json !== null) slices.set(key, json);
      for (const alarm of changes.alarms) alarms.set(alarm.id, alarm);
      for (const ticket of changes.tickets) tickets.set(ticket.id, ticket);
      return {
        slices: [...slices],
        alarms: [...alarms.values()].filter(({ state }) => state !== 'normal'),
        tickets: [...tickets.values()],
      };
    },
    all: () => ({ alarms: [...alarms.values()], tickets: [...tickets.values()] }),
  };
}

/** Folds the entries; saved and loaded before every one of them where asked to. */
function cameOf(
  entries: readonly Entry[],
  rules: readonly RuleSettings[],
  cut: 'once' | 'everywhere',
) {
  const kept = keeping();
  const site = { ...SMALL_SITE, rules };
  let folded = foldedSite(site, NOTHING_SAVED);
  for (const entry of entries) {
    const saved = kept.save(folded);
    if (cut === 'everywhere') folded = foldedSite(site, saved);
    folded.fold(entry);
  }
  kept.save(folded);
  return kept.all();
}

const SLOW: readonly RuleSettings[] = RULES.map((rule, index) => ({
  ...rule,
  clearFor: minutes(5),
  reAlarmAfter: minutes(20),
  ...(index % 2 === 0 && { ends: 'when-seen' as const }),
  ...('limit' in rule && { graver: [{ from: rule.limit + 0.04, severity: 'high' as const }] }),
}));

describe('whatever is in the log', () => {
  it('every delay is the same where it is saved and loaded before every record', () => {
    fc.assert(
      fc.property(anyLog, (entries) => {
        expect(cameOf(entries, SLOW, 'everywhere')).toEqual(cameOf(entries, SLOW, 'once'));
      }),
      { numRuns: 200 },
    );
  });
});

const AT_ONCE: ThresholdRule = { ...BIN_FULL, holdFor: milliseconds(0) };
const full = (time: string, value = 0.95) =>
  reading({ asset: 'k1-wet', quantity: 'fill', value, at: clock(time) });
const toAlarm = (action: string, time: string, body = {}) =>
  command({ on: 'alarm', id: 'A1', action, at: clock(time), body });
const toBin = (action: string, time: string, body = {}) =>
  command({ on: 'asset', id: 'k1-wet', action, at: clock(time), body });

/** Off after the last of these entries, on again at two in the afternoon. */
function backAtTwo(rule: RuleSettings, ...entries: readonly Entry[]): FoldedSite {
  const site = { ...SMALL_SITE, rules: [rule] };
  const before = foldedSite(site);
  before.start(clock('09:00'));
  for (const entry of entries) before.fold(entry);
  const after = foldedSite(site, keeping().save(before));
  after.start(clock('14:00'));
  return after;
}

const state = (site: FoldedSite): string | undefined => site.alarms().at(-1)?.state;

describe('off from half past ten until two', () => {
  const last = tick(clock('10:30'));

  it('a hold goes on where it stood', () => {
    const site = backAtTwo({ ...BIN_FULL, holdFor: hours(1) }, full('10:00'), last);
    site.wait(clock('14:29:59.999'));
    expect(site.alarms()).toEqual([]);
    site.wait(clock('14:30'));
    expect(site.alarms()).toMatchObject([{ raisedAt: clock('14:30') }]);
  });

  it('an off-delay goes on where it stood', () => {
    const rule = { ...AT_ONCE, clearFor: hours(1) };
    const site = backAtTwo(rule, full('09:30'), full('10:00', 0.1), last);
    site.wait(clock('14:29:59.999'));
    expect(site.alarms()[0]).not.toHaveProperty('clearedAt');
    site.wait(clock('14:30'));
    expect(site.alarms()).toMatchObject([{ clearedAt: clock('14:30') }]);
  });

  it('a re-alarm keeps its moment; one that was missed comes at once', () => {
    const at = (after: number): FoldedSite => {
      const rule = { ...AT_ONCE, reAlarmAfter: minutes(after) };
      return backAtTwo(rule, full('09:30'), toAlarm('acknowledge', '10:00'), last);
    };
    const kept = at(300);
    kept.wait(clock('14:59:59.999'));
    expect(state(kept)).toBe('active-acknowledged');
    kept.wait(clock('15:00'));
    expect(state(kept)).toBe('active-unacknowledged');
    const missed = at(60);
    missed.wait(clock('14:00:01'));
    expect(state(missed)).toBe('active-unacknowledged');
  });

  it('a shelf keeps its end; one that ended meanwhile is over at once', () => {
    const until = (time: string): FoldedSite =>
      backAtTwo(
        AT_ONCE,
        full('09:30'),
        toAlarm('shelve', '10:00', { reason: 'rain', until: clock(time) }),
        last,
      );
    const kept = until('15:00');
    kept.wait(clock('14:59:59.999'));
    expect(state(kept)).toBe('shelved');
    kept.wait(clock('15:00'));
    expect(state(kept)).toBe('active-unacknowledged');
    const ended = until('12:00');
    ended.wait(clock('14:00:01'));
    expect(state(ended)).toBe('active-unacknowledged');
  });

  it('work keeps its end, and what still holds then has its full hold', () => {
    const body = { reason: 'painting', until: clock('15:00') };
    const site = backAtTwo(BIN_FULL, toBin('maintain', '10:00', body), full('10:05'), last);
    site.wait(clock('15:09:59.999'));
    expect(site.alarms()).toEqual([]);
    site.wait(clock('15:10'));
    expect(site.alarms()).toMatchObject([{ raisedAt: clock('15:10') }]);
  });

  it('work that ended meanwhile accuses nobody of the hours in between', () => {
    const body = { reason: 'painting', until: clock('12:00') };
    const site = backAtTwo(BIN_FULL, toBin('maintain', '10:00', body), full('10:05'), last);
    site.wait(clock('14:09:59.999'));
    expect(site.alarms()).toEqual([]);
    site.wait(clock('14:10'));
    expect(site.alarms()).toMatchObject([{ raisedAt: clock('14:10') }]);
  });

  it('a device that was silent for our outage alone is not called silent', () => {
    const words = ['09:05', '09:14', '09:23', '09:32', '09:41', '09:50', '09:59', '10:08', '10:17'];
    const rule = { ...SILENT, only: ['k1'], clearFor: minutes(5) };
    const site = backAtTwo(rule, ...words.map((time) => full(time)), full('10:26'), last);
    site.wait(clock('14:09:59.999'));
    expect(site.alarms()).toEqual([]);
  });
});

describe('people at work on a bin', () => {
  const atWork = (...before: readonly Entry[]): FoldedSite => {
    const site = foldedSite({ ...SMALL_SITE, rules: [BIN_FULL] });
    site.start(clock('09:00'));
    for (const entry of before) site.fold(entry);
    site.fold(toBin('maintain', '10:15', { reason: 'new lid' }));
    return site;
  };

  it('are told of nothing that begins meanwhile; after it there is a full hold', () => {
    const site = atWork();
    site.fold(full('10:20'));
    site.wait(clock('12:00'));
    expect(site.alarms()).toEqual([]);
    site.fold(toBin('release', '12:00'));
    site.wait(clock('12:09:59.999'));
    expect(site.alarms()).toEqual([]);
    site.wait(clock('12:10'));
    expect(site.alarms()).toMatchObject([{ raisedAt: clock('12:10') }]);
  });

  it('quieten what stood before; mended meanwhile it is over, and its ticket with it', () => {
    const site = atWork(full('10:00'), tick(clock('10:10')));
    expect(site.alarms()).toMatchObject([{ state: 'suppressed', suppressedReason: 'new lid' }]);
    site.fold(full('11:00', 0.1));
    expect(site.alarms()).toMatchObject([{ state: 'normal', clearedAt: clock('11:00') }]);
    expect(site.work()).toEqual(['bin-full k1-wet closed']);
  });

  it('leave what still stands as it was', () => {
    const site = atWork(full('10:00'), tick(clock('10:10')));
    site.fold(toBin('release', '11:00'));
    expect(state(site)).toBe('active-unacknowledged');
    expect(site.alarms()[0]).not.toHaveProperty('suppressedReason');
  });

  it('on a circuit quieten its lamps, and a leak of one of them as well', () => {
    const site = foldedSite({ ...SMALL_SITE, rules: [LEAK] });
    const leaks = (time: string) =>
      reading({ asset: 'lamp-1', quantity: 'leak', value: 40, at: clock(time) });
    const body = { reason: 'cable' };
    site.fold(command({ on: 'asset', id: 'c1', action: 'maintain', at: clock('10:00'), body }));
    site.fold(leaks('10:01'));
    expect(site.alarms()).toEqual([]);
    site.fold(command({ on: 'asset', id: 'c1', action: 'release', at: clock('11:00') }));
    expect(site.alarms()).toMatchObject([{ rule: 'leak', raisedAt: clock('11:00') }]);
  });
});
