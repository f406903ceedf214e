import { describe, expect, it } from 'vitest';
import type { Lamp } from '../../gateway/domain/asset.ts';
import type { Entry } from '../../gateway/domain/record.ts';
import { DEFAULT_QUIET } from '../../gateway/domain/reach.ts';
import type { Reader } from '../../gateway/domain/reader.ts';
import type { Team } from '../../gateway/domain/ticket.ts';
import {
  hours,
  later,
  milliseconds,
  minutes,
  seconds,
  type Duration,
} from '../../gateway/domain/time.ts';
import { reading } from '../fakes/folded-site.ts';
import { clock, LAMP, LEAK, SMALL_SITE } from '../fakes/small-site.ts';
import { person, put, toldSite } from '../fakes/told-site.ts';

const ALARMS = 500;

const lamps = Array.from({ length: ALARMS }, (_, n): Lamp => {
  const id = `lamp-${n}`;
  return { ...LAMP, id, name: `${n}号庭院灯` };
});
const compound = {
  ...SMALL_SITE.compound,
  assets: new Map(lamps.map((lamp) => [lamp.id, lamp])),
};
const reader = (id: string, who: Reader['who'], over = 'group'): Reader => ({
  id,
  who,
  over,
  quiet: DEFAULT_QUIET,
  digests: [],
});

/** Of all that can be said of lamps, to all who may hear of it over the two channels. */
const READERS = [
  reader('engineers', { kind: 'team', team: 'engineers' }),
  reader('managers', { kind: 'role', role: 'manager' }),
  reader('cleaners', { kind: 'team', team: 'cleaners' }),
  reader('li', { kind: 'person', person: 'li' }, 'mail'),
  reader('manager-mail', { kind: 'role', role: 'manager' }, 'mail'),
];

const TEAMS: readonly Team[] = ['engineers', 'cleaners', 'stewards', 'managers'];

/** Each lamp by a rule of its own team's, grave or not as its number says. */
const RULES = TEAMS.flatMap((team, place) =>
  ([LEAK, { ...LEAK, severity: 'medium' }] as const).map((rule) => ({
    ...rule,
    id: `leak-${rule.severity}-${team}`,
    only: lamps
      .filter((_, n) => n % 8 === 2 * place + (rule.severity === 'high' ? 0 : 1))
      .map(({ id }) => id),
    ticket: { category: 'electricity' as const, team },
  })),
);

const leak = (n: number, apart: Duration, value: number): Entry =>
  reading({
    asset: `lamp-${n}`,
    quantity: 'leak',
    value,
    at: later(clock('10:00'), milliseconds(n * apart)),
  });

/** Letters over each channel in the fullest hour. */
function fullestHour(site: ReturnType<typeof toldSite>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { notice } of site.letters) {
    const within = site.letters.filter(
      (other) =>
        other.notice.channel === notice.channel &&
        other.notice.at <= notice.at &&
        notice.at - other.notice.at < hours(1),
    );
    counts[notice.channel] = Math.max(counts[notice.channel] ?? 0, within.length);
  }
  return counts;
}

describe('a flood of 500 alarms', () => {
  it.each([
    ['within a second', milliseconds(2)],
    ['within ten minutes', milliseconds(1200)],
    ['within two hours', seconds(14)],
  ])('%s sends at most 20 messages over a channel, whoever listens', (_words, apart) => {
    const site = toldSite({ readers: READERS }, { ...SMALL_SITE, compound, rules: RULES });
    site.fold(put(person('li', { role: 'engineer', teams: ['engineers'] }), clock('09:00')));
    for (let n = 0; n < ALARMS; n += 1) {
      site.wait(later(clock('10:00'), milliseconds(n * apart)));
      site.fold(leak(n, apart, 40));
    }
    site.wait(later(clock('10:00'), milliseconds(Math.max(ALARMS * apart, minutes(30)))));
    const counts = fullestHour(site);
    expect(Math.max(...Object.values(counts))).toBeLessThanOrEqual(20);
    expect(counts).toHaveProperty('group');
    expect(counts).toHaveProperty('mail');
  });
});
