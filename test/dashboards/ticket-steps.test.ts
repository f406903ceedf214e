// How far a ticket has come and what is left of its time; what goes with it: people, photos, the
// evidence that was frozen; and a rule on the bench.
import { describe, expect, it } from 'vitest';
import { givable } from '../../dashboards/engineer/action-fields.ts';
import { siftPhotos } from '../../dashboards/engineer/photo-sift.ts';
import { isTurned, knobsOf, turnedRule } from '../../dashboards/engineer/rule-form.ts';
import { disagreement, stepsOf } from '../../dashboards/engineer/steps.ts';
import { isOverdue, leftWords, timeLeft } from '../../dashboards/engineer/time-left.ts';
import { frozenMarks, frozenSeries, frozenSpan } from '../../dashboards/engineer/trip-series.ts';
import { formatIn } from '../../dashboards/shared/format.ts';
import { en } from '../../dashboards/shared/words-en.ts';
import { zh } from '../../dashboards/shared/words-zh.ts';
import type { EvidenceView, PersonView, TicketView } from '../../gateway/api/schemas.ts';
import { loopAt } from './loop-compound.ts';
import { RULES } from './rehearsed.ts';

const NOW = Date.parse('2026-11-20T10:30:00Z');
const { tickets } = loopAt(NOW);
const ticket = (number: number): TicketView => {
  const found = tickets.find(({ id }) => id === `T${number}`);
  if (!found) throw new Error(`there is no ticket ${number}`);
  return found;
};
const chinese = { words: zh, format: formatIn('Asia/Shanghai', zh), now: NOW };
const english = { words: en, format: formatIn('Asia/Shanghai', en), now: NOW };

describe('the loop of a ticket', () => {
  const strip = (one: TicketView): string[] =>
    stepsOf(one).map(({ name, state, entry }) => `${name} ${state} ${entry?.by ?? ''}`.trim());

  it('shows whose each step was, and which one it stands before', () => {
    expect(strip(ticket(15))).toEqual([
      'raised done liu.ayi',
      'answered done li.wei',
      'rectified done li.wei',
      'inspected done zhao',
      'looked-back now',
      'closed ahead',
    ]);
  });

  it('begins again after the answer where it was sent back', () => {
    expect(strip(ticket(14)).slice(1, 4)).toEqual([
      'answered done li.wei',
      'rectified now',
      'inspected ahead',
    ]);
    expect(disagreement(ticket(14))).toBe('17:52 仍为 0.4 W');
    expect(disagreement(ticket(13))).toBeUndefined();
  });

  it('is short where its category walks the short route, and passes over what was never needed', () => {
    const [first] = ticket(13).history;
    const healed = { at: first!.at, by: 'k1', role: 'sensor', action: 'rectify' };
    const one: TicketView = {
      ...ticket(13),
      route: 'short',
      history: [first!, { ...healed, from: 'raised', to: 'rectified' }],
    };
    expect(strip(one)).toEqual([
      'raised done liu.ayi',
      'answered skipped',
      'rectified done k1',
      'closed now',
    ]);
  });

  it('ends where it was declined or merged', () => {
    expect(strip(ticket(17))).toEqual(['raised done liu.ayi', 'declined done wang.li']);
    expect(strip(ticket(18))).toEqual(['raised done liu.ayi', 'merged done li.wei']);
  });
});

describe('what is left of its time', () => {
  const HOUR = 3_600_000;
  const due = (ms: number, more: Partial<TicketView> = {}): TicketView => ({
    ...ticket(14),
    dueAt: new Date(NOW + ms).toISOString(),
    ...more,
  });

  it.each([
    [HOUR, 'left'],
    [0, 'left'],
    [-1, 'over'],
  ])('%d ms before it is due is %s', (ms, kind) => {
    expect(timeLeft(due(ms), NOW).kind).toBe(kind);
  });

  it('is a share of the whole, as the moment says at which four fifths are gone', () => {
    const one = due(2 * HOUR, { soonAt: new Date(NOW + HOUR).toISOString() });
    expect(timeLeft(one, NOW)).toEqual({ kind: 'left', ms: 2 * HOUR, share: 0.4 });
  });

  it('stands still while it waits, however late it would be', () => {
    expect(isOverdue(ticket(12), NOW)).toBe(false);
    expect(leftWords(ticket(12), chinese)).toBe('等配件，计时暂停 5小时');
    expect(leftWords(ticket(11), english)).toBe('overdue by 2 h');
  });

  it('is nothing where no limit holds', () => {
    expect(leftWords(ticket(16), chinese)).toBeUndefined();
  });
});

describe('work', () => {
  const person = (id: string, more: Partial<PersonView>): PersonView => ({
    id,
    name: id,
    role: 'engineer',
    teams: ['engineers'],
    buildings: [],
    duty: [],
    state: 'active',
    hasPassword: true,
    ...more,
  });

  it('is given to active people of its team only', () => {
    const people = [
      person('li', {}),
      person('gone', { state: 'disabled' }),
      person('zhang', { teams: ['cleaners'] }),
    ];
    expect(givable(people, 'engineers').map(({ id }) => id)).toEqual(['li']);
  });
});

describe('photos', () => {
  const file = (name: string, type = 'image/jpeg', size = 1000) => ({ name, type, size });
  const sift = (there: ReturnType<typeof file>[], chosen: ReturnType<typeof file>[]) =>
    siftPhotos(there, chosen, zh.work);

  it('are three at most, and the rest is said to be left out', () => {
    const { taken, refused } = sift([file('a')], [file('b'), file('c'), file('d')]);
    expect(taken.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(refused).toEqual([zh.work.photo.many]);
  });

  it.each([
    [file('IMG_1.HEIC', ''), zh.work.photo.heic('IMG_1.HEIC')],
    [file('a.pdf', 'application/pdf'), zh.work.photo.kind('a.pdf')],
    [file('a.jpg', 'image/jpeg', 8 * 1024 * 1024 + 1), zh.work.photo.big('a.jpg')],
  ])('that would be refused are refused before they are sent: %o', (odd, why) => {
    expect(sift([], [odd])).toEqual({ taken: [], refused: [why] });
  });

  it('of exactly eight megabytes may go', () => {
    expect(sift([], [file('a.jpg', 'image/png', 8 * 1024 * 1024)]).taken).toHaveLength(1);
  });
});

describe('frozen evidence', () => {
  const samples = (points: number[]): NonNullable<EvidenceView['before']> => ({
    takenAt: '2026-11-20T10:00:00.000Z',
    taken: 'in-time',
    unit: 'ratio',
    stepS: 36,
    points: points.map((at) => [at, 0, 0, 0, 1]),
  });
  const evidence: EvidenceView = {
    alarm: 'a',
    asset: 'k1-wet',
    raisedAt: '2026-11-20T10:00:00.000Z',
    text: '',
    latest: [],
    state: 'whole',
    before: samples([1]),
    after: samples([2]),
  };

  it('is one series of what was before and after the trip', () => {
    const series = frozenSeries(evidence);
    expect(series?.points.map(([at]) => at)).toEqual([1, 2]);
    const trip = Date.parse(evidence.raisedAt);
    expect(series && frozenSpan(evidence, series)).toEqual({
      from: trip - 7_200_000,
      to: trip + 900_000,
      stepS: 36,
    });
  });

  it('has no series where nothing was sampled', () => {
    const { before: _before, after: _after, ...bare } = evidence;
    expect(frozenSeries(bare)).toBeUndefined();
    expect(frozenSeries({ ...bare, before: samples([]) })).toBeUndefined();
  });

  it('carries the limits and the hold of the rule as it was', () => {
    const outside = { kind: 'outside', least: 200, most: 250, holdFor: 60_000 };
    expect(frozenMarks({ ...evidence, rule: outside })).toEqual({ limits: [200, 250], holdS: 60 });
    expect(frozenMarks({ ...evidence, rule: { kind: 'threshold', limit: 0.9 } })).toEqual({
      limits: [0.9],
      holdS: 0,
    });
    expect(frozenMarks(evidence)).toEqual({ limits: [], holdS: 0 });
  });
});

describe('a rule on the bench', () => {
  const [full] = RULES;

  it('can be turned where it says a number or a span', () => {
    expect(knobsOf(full).map(({ knob }) => knob)).toEqual([
      'above',
      'clearBelow',
      'holdFor',
      'clearFor',
      'severity',
    ]);
  });

  it('keeps what was not turned', () => {
    expect(turnedRule(full, { above: '0.8', holdFor: ' 5m ', clearFor: '' })).toEqual({
      ...full,
      above: 0.8,
      holdFor: '5m',
    });
  });

  it('is tried only where something was turned, and to a number', () => {
    expect(isTurned(full, {})).toBe(false);
    expect(isTurned(full, { above: '0.9' })).toBe(false);
    expect(isTurned(full, { above: 'much' })).toBe(false);
    expect(isTurned(full, { above: '0.8' })).toBe(true);
  });
});
