import { describe, expect, it } from 'vitest';
import { createStanding, type SavedStanding } from '../../gateway/domain/standing.ts';
import { days, later, milliseconds, type Instant } from '../../gateway/domain/time.ts';
import { openTicket, takeStep } from '../../gateway/tickets/ticket-book.ts';
import { newAlarm } from '../../gateway/rules/alarm-book.ts';
import { NOTHING_SAVED } from '../fakes/folded-site.ts';
import { BIN_FULL, clock } from '../fakes/small-site.ts';

const noon = clock('12:00');

const alarmAt = (number: number, at = noon) =>
  newAlarm({
    number,
    pair: { key: 'bin-full:k1-wet', rule: BIN_FULL, subject: 'k1-wet' },
    watch: { phase: 'holding', since: at, value: 0.95 },
    at,
  });

const ticketAt = (number: number, at: Instant) =>
  openTicket({
    number,
    category: 'bin-full',
    route: 'short',
    team: 'cleaners',
    severity: 'medium',
    place: '1号投放点',
    title: '桶满',
    raisedBy: 'wang',
    role: 'engineer',
    at,
  });

function declined(number: number, at: Instant) {
  const result = takeStep(ticketAt(number, at), {
    action: 'decline',
    by: 'wang',
    role: 'engineer',
    at,
    body: { reason: 'no' },
  });
  if (result.kind !== 'taken') throw new Error(result.kind);
  return result.ticket;
}

describe('what changed', () => {
  it('is taken once, each key once, with its last value', () => {
    const standing = createStanding(NOTHING_SAVED);
    standing.assets.put('k1-wet', { latest: {} });
    standing.devices.put('k1', { heardAt: noon });
    standing.devices.put('k1', { heardAt: later(noon, milliseconds(1)) });
    standing.watches.put('bin-full:k1-wet', { phase: 'quiet' });
    standing.alarms.put('A1', alarmAt(1));
    expect(standing.takeChanges()).toMatchObject({
      puts: [
        ['asset:k1-wet', '{"latest":{}}'],
        ['device:k1', JSON.stringify({ heardAt: noon + 1 })],
        ['watch:bin-full:k1-wet', '{"phase":"quiet"}'],
      ],
      alarms: [alarmAt(1)],
      tickets: [],
    });
    expect(standing.takeChanges()).toMatchObject({ puts: [], alarms: [], tickets: [] });
  });

  it('is told to the screens once, apart from what is taken for the store', () => {
    const standing = createStanding(NOTHING_SAVED);
    standing.sources.put('bins-line', { state: 'up', since: noon });
    standing.tickets.put('T1', ticketAt(1, noon));
    standing.sources.put('bins-line', { state: 'down', since: noon });
    standing.watches.put('silent:k1', { phase: 'quiet' });
    standing.takeChanges();
    expect(standing.takeTouched()).toEqual([
      { kind: 'source', id: 'bins-line' },
      { kind: 'ticket', id: 'T1' },
    ]);
    expect(standing.takeTouched()).toEqual([]);
  });

  it('is news where an alarm or a ticket moved, and only until it is taken', () => {
    const standing = createStanding(NOTHING_SAVED);
    standing.assets.put('k1-wet', { latest: {} });
    standing.putGateway({ lastAt: noon });
    expect(standing.hasNews()).toBe(false);
    standing.tickets.put('T1', ticketAt(1, noon));
    expect(standing.hasNews()).toBe(true);
    standing.takeChanges();
    expect(standing.hasNews()).toBe(false);
    standing.alarms.put('A1', alarmAt(1));
    expect(standing.hasNews()).toBe(true);
  });
});

describe('what is over', () => {
  it('an alarm at rest leaves with the save that says so', () => {
    const standing = createStanding({ ...NOTHING_SAVED, alarms: [alarmAt(1), alarmAt(2)] });
    standing.alarms.put('A1', { ...alarmAt(1), state: 'normal', clearedAt: noon });
    expect(standing.alarms.get('A1')?.state).toBe('normal');
    expect(standing.takeChanges().alarms.map(({ id }) => id)).toEqual(['A1']);
    expect([...standing.alarms.all()].map(([id]) => id)).toEqual(['A2']);
  });

  it.each([
    ['kept for a day, less a millisecond', -1, ['T1', 'T2']],
    ['forgotten after a day', 0, ['T2']],
  ])('an ended ticket is %s', (_, offset, kept) => {
    const standing = createStanding({ ...NOTHING_SAVED, tickets: [declined(1, noon)] });
    standing.putGateway({ lastAt: later(noon, milliseconds(days(1) + offset)) });
    standing.tickets.put('T2', ticketAt(2, noon));
    standing.takeChanges();
    expect([...standing.tickets.all()].map(([id]) => id)).toEqual(kept);
  });
});

it('a standing that was saved and loaded stands as before', () => {
  const first = createStanding(NOTHING_SAVED);
  const latest = { fill: { value: 0.5, observedAt: noon, receivedAt: noon, changedAt: noon } };
  first.assets.put('k1-wet', { latest });
  first.assets.put('a:b', { latest: {} });
  first.devices.put('k1', { heardAt: noon, link: 'up', lag: milliseconds(3) });
  first.sources.put('bins-line', { state: 'down', since: noon, why: 'close: gone' });
  first.watches.put('bin-full:k1-wet', { phase: 'holding', since: noon, value: 0.95 });
  first.putGateway({ startedAt: noon, lastAt: noon, alarmsRaised: 7, ticketsOpened: 3 });
  const { puts, ledger: _, ...books } = first.takeChanges();
  const slices = puts.flatMap(([key, json]) => (json === null ? [] : [[key, json] as const]));
  const saved: SavedStanding = { slices, ...books };
  const second = createStanding(saved);
  for (const kind of ['assets', 'devices', 'sources', 'watches'] as const)
    expect([...second[kind].all()]).toEqual([...first[kind].all()]);
  expect(second.gateway()).toEqual(first.gateway());
  expect(second.takeChanges()).toMatchObject({ puts: [], alarms: [], tickets: [] });
});

it('a slice of a kind that nobody knows is left alone', () => {
  const standing = createStanding({ ...NOTHING_SAVED, slices: [['weather:today', '{}']] });
  expect([...standing.assets.all()]).toEqual([]);
});
