import { describe, expect, it } from 'vitest';
import { WEEKDAYS } from '../../gateway/domain/asset.ts';
import type { Entry } from '../../gateway/domain/record.ts';
import { DEFAULT_NOTICES, type Reader } from '../../gateway/domain/reader.ts';
import { createStanding } from '../../gateway/domain/standing.ts';
import { days, hours, later, minutes, type Instant } from '../../gateway/domain/time.ts';
import { createStep, type StepSite } from '../../gateway/flow/step.ts';
import { command, NOTHING_SAVED, reading, started, tick } from '../fakes/folded-site.ts';
import { BIN_FULL, clock, LEAK, SMALL_SITE } from '../fakes/small-site.ts';
import { CLEANERS, full, MANAGERS, person, put, toldSite } from '../fakes/told-site.ts';

const ticketStep = (
  action: string,
  at: Instant,
  more: Partial<Parameters<typeof command>[0]> = {},
) => command({ on: 'ticket', id: 'T1', action, by: 'li', role: 'cleaner', at, ...more });
const answered = (at: Instant, body: object = { team: 'cleaners' }): Entry =>
  ticketStep('answer', at, { by: 'manager', role: 'manager', body: { ...body } });

/** A bin is full at ten past ten, and the letter of it is out. */
function toldOnce(readers: readonly Reader[] = [CLEANERS], site?: StepSite) {
  const told = toldSite({ readers }, site);
  told.fold(started(clock('09:00')), full(clock('10:00')));
  told.wait(clock('10:11'));
  return told;
}

describe('a person', () => {
  const reach = [{ channel: 'mail', to: 'li@example.com' }];
  const li = person('li', { reach, above: 'qian' });
  const qian = person('qian', {
    role: 'manager',
    teams: [],
    reach: [{ channel: 'mail', to: 'qian@example.com', severities: [] }],
  });
  const told = (site: ReturnType<typeof toldSite>) =>
    site.letters.map(({ to, reason }) => [to, reason]);

  it('hears of their team’s work while they are on duty, by the way that they chose', () => {
    const site = toldSite({ readers: [] });
    site.fold(put(li, clock('08:00')), full(clock('10:00')));
    site.wait(clock('10:11'));
    expect(told(site)).toEqual([['li@example.com', 'first']]);
  });

  it('off duty hears when duty begins, unless somebody else has taken it by then', () => {
    const late = { days: WEEKDAYS, fromMinute: 14 * 60, toMinute: 18 * 60 };
    const site = () => {
      const each = toldSite({ readers: [] });
      each.fold(put({ ...li, duty: [late] }, clock('08:00')), full(clock('10:00')));
      each.wait(clock('13:59'));
      expect(each.letters).toEqual([]);
      return each;
    };
    const left = site();
    left.wait(clock('14:00'));
    expect(told(left)).toEqual([['li@example.com', 'quiet']]);
    const taken = site();
    taken.fold(put(person('wu'), clock('13:59:10')), answered(clock('13:59:20')));
    taken.fold(ticketStep('take', clock('13:59:30'), { by: 'wu' }));
    taken.wait(clock('15:00'));
    expect(taken.letters).toEqual([]);
  });

  it('hears what is given to them, and the next one up hears when it is late, whatever they asked for', () => {
    const site = toldSite({ readers: [] });
    site.fold(put(qian, clock('08:00')), put(li, clock('08:01')), full(clock('10:00')));
    site.wait(clock('10:11'));
    site.fold(ticketStep('take', clock('10:12')));
    site.wait(later(clock('12:00'), days(2)));
    const up = site.letters.filter(({ to }) => to === 'qian@example.com');
    expect(up[0]?.lines.join()).toContain('时限已过八成');
  });

  it('who is disabled hears nothing, and nothing is kept for them', () => {
    const site = toldSite({ readers: [] });
    site.fold(put(li, clock('08:00')), full(clock('10:00')));
    site.wait(clock('10:10:10'));
    site.fold(command({ on: 'person', id: 'li', action: 'disable', at: clock('10:10:20') }));
    site.wait(clock('11:00'));
    expect(site.letters).toEqual([]);
    expect([...site.standing.mailbags.all()]).toEqual([]);
  });
});

describe('after 72 hours in which the gateway was off', () => {
  it('one letter says what is true now', () => {
    const site = toldOnce();
    const back = later(clock('10:11'), hours(72));
    site.fold(started(back));
    for (let at = back; at < later(back, hours(1)); at = later(at, minutes(1))) site.wait(at);
    expect(site.reasons().slice(1)).toEqual(['group outage']);
    expect(site.letters[1]?.notice.at).toBe(back);
  });
});

describe('a restart', () => {
  const site: StepSite = {
    ...SMALL_SITE,
    rules: [BIN_FULL, LEAK],
    notices: {
      ...DEFAULT_NOTICES,
      channels: ['group', 'mail'],
      readers: [CLEANERS, { ...MANAGERS, over: 'mail' }],
    },
  };
  const li = person('li', { reach: [{ channel: 'mail' }] });
  const log: Entry[] = [
    started(clock('08:00')),
    put(li, clock('08:01')),
    full(clock('10:00')),
    reading({ asset: 'lamp-1', quantity: 'leak', value: 40, at: clock('10:09') }),
    ...['10:09:30', '10:10', '10:10:30'].map((at) => tick(clock(at))),
    answered(clock('10:12')),
    ...['10:15:30', '11:00', '12:00', '13:00'].map((at) => tick(clock(at))),
    reading({ asset: 'lamp-1', quantity: 'leak', value: 1, at: clock('13:10') }),
    ...['13:10:30', '15:00', '17:00', '20:00', '21:00', '22:00'].map((at) => tick(clock(at))),
    full(clock('22:10'), 0.1),
    tick(clock('22:30')),
    tick(later(clock('07:00'), days(1))),
  ];

  it('before any record changes no letter and no key', () => {
    const once = createStep(site, createStanding(NOTHING_SAVED));
    const whole = log.flatMap((entry, index) => {
      once.fold({ ...entry, sequence: index + 1 });
      return once.takeNotices();
    });
    expect(whole.length).toBeGreaterThan(6);
    const slices = new Map<string, string>();
    let books = { ...NOTHING_SAVED };
    const broken = log.flatMap((entry, index) => {
      const standing = createStanding({ ...books, slices: [...slices] });
      const step = createStep(site, standing);
      step.fold({ ...entry, sequence: index + 1 });
      const { puts, alarms, tickets } = standing.takeChanges();
      for (const [key, json] of puts) {
        if (json === null) slices.delete(key);
        else slices.set(key, json);
      }
      const merged = <T extends { id: string }>(old: readonly T[], now: readonly T[]): T[] => [
        ...new Map([...old, ...now].map((one) => [one.id, one])).values(),
      ];
      books = {
        ...books,
        alarms: merged(books.alarms, alarms).filter(({ state }) => state !== 'normal'),
        tickets: merged(books.tickets, tickets),
      };
      return step.takeNotices();
    });
    expect(broken).toEqual(whole);
  });
});
