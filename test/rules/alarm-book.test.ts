// What is written down of an alarm as things happen to it; the states are alarm-states.test.ts's.
import { describe, expect, it } from 'vitest';
import { ALARM_STATES, type Alarm, type AlarmState } from '../../gateway/domain/alarm.ts';
import { minutes } from '../../gateway/domain/time.ts';
import {
  acknowledged,
  cleared,
  newAlarm,
  putBack,
  raisedAgain,
  reAlarmed,
  shelfEnded,
  shelved,
  superseded,
  suppressed,
  takenOut,
  unsuppressed,
  withSeverity,
} from '../../gateway/rules/alarm-book.ts';
import { BIN_FULL, clock, LAMP_OUT, SILENT } from '../fakes/small-site.ts';

const ten = clock('10:00');
const eleven = clock('11:00');
const born = newAlarm({
  number: 7,
  pair: { key: 'bin-full:k1-wet', rule: BIN_FULL, subject: 'k1-wet' },
  watch: { phase: 'holding', since: ten, value: 0.95 },
  at: eleven,
});

const over: readonly AlarmState[] = ['returned-unacknowledged', 'normal'];
const inState = (state: AlarmState): Alarm => ({
  ...born,
  state,
  ...(over.includes(state) && { clearedAt: eleven }),
  ...(state === 'shelved' && { shelvedUntil: eleven, shelvedReason: 'painting' }),
});

it('an alarm is born active, unacknowledged, with what tripped it and the rule in words', () => {
  expect(born).toEqual({
    id: 'A7',
    rule: 'bin-full',
    asset: 'k1-wet',
    severity: 'medium',
    state: 'active-unacknowledged',
    quantity: 'fill',
    value: 0.95,
    text: '满溢度 > 90 %，持续 10 分钟；降到 70 % 解除',
    raisedAt: eleven,
    inside: [],
  });
});

it('a silence has neither quantity nor value; a lamp speaks of power', () => {
  const watch = { phase: 'holding', since: ten } as const;
  const silence = newAlarm({
    number: 1,
    pair: { key: 'silent:k1', rule: SILENT, subject: 'k1' },
    watch,
    at: ten,
  });
  expect([silence.quantity, silence.value]).toEqual([undefined, undefined]);
  const lamp = newAlarm({
    number: 2,
    pair: { key: 'lamp-out:lamp-1', rule: LAMP_OUT, subject: 'lamp-1' },
    watch: { ...watch, value: 0.2 },
    at: ten,
  });
  expect([lamp.quantity, lamp.value]).toEqual(['power', 0.2]);
});

describe('acknowledging', () => {
  const seen = acknowledged(born, { by: 'wang', at: eleven });

  it('says who saw it, when, and as how grave', () => {
    expect(seen).toEqual({
      ...born,
      state: 'active-acknowledged',
      acknowledgedBy: 'wang',
      acknowledgedAt: eleven,
      acknowledgedAs: 'medium',
    });
  });

  it('twice is refused, and so is what is over', () => {
    expect(acknowledged(seen!, { by: 'li', at: eleven })).toBeUndefined();
    expect(acknowledged(inState('normal'), { by: 'li', at: eleven })).toBeUndefined();
  });

  it('of what was latched ends it at that moment', () => {
    const latched = cleared(born, ten, 'when-seen');
    expect(latched).toEqual({ ...born, state: 'latched', returnedAt: ten });
    expect(acknowledged(latched, { by: 'wang', at: eleven })).toMatchObject({
      state: 'normal',
      clearedAt: eleven,
      returnedAt: ten,
    });
  });

  it('before it clears leaves nothing to latch', () => {
    expect(cleared(seen!, eleven, 'when-seen')).toMatchObject({
      state: 'normal',
      clearedAt: eleven,
    });
  });

  it('waits for its re-alarm, which forgets who saw it', () => {
    const waiting = acknowledged(born, { by: 'wang', at: eleven, reAlarmAfter: minutes(30) });
    expect(waiting?.reAlarmAt).toBe(clock('11:30'));
    expect(reAlarmed(waiting!)).toEqual(born);
    expect(reAlarmed(born)).toBeUndefined();
  });
});

describe('a shelf', () => {
  const shelf = { reason: 'painting', at: ten, until: eleven };
  const onShelf = shelved(born, shelf)!;

  it('keeps its reason and its end, and nothing of them is left after it', () => {
    expect(onShelf).toMatchObject({ state: 'shelved', shelvedReason: 'painting' });
    expect(shelfEnded('shelf-over', onShelf)).toEqual(born);
  });

  it('gives back what its condition says: gone meanwhile it is over', () => {
    const over = cleared(onShelf, eleven);
    expect(over).toMatchObject({ state: 'shelved', clearedAt: eleven });
    expect(shelfEnded('shelf-over', over)).toMatchObject({ state: 'normal' });
  });

  it('holds what comes again meanwhile', () => {
    const again = raisedAgain(cleared(onShelf, ten), { at: eleven, value: 0.99 });
    expect(again).toMatchObject({ state: 'shelved', raisedAt: eleven, value: 0.99 });
    expect(again).not.toHaveProperty('clearedAt');
  });

  it('without an end ends when the alarm next clears', () => {
    const once = shelved(born, { reason: 'rain', at: ten })!;
    expect(cleared(once, eleven)).toMatchObject({ state: 'normal', clearedAt: eleven });
  });

  it('does not ask again whoever had acknowledged before', () => {
    const seen = acknowledged(born, { by: 'wang', at: ten })!;
    expect(shelfEnded('unshelve', shelved(seen, shelf)!)).toEqual(seen);
  });
});

describe('what is out of the way for more than one reason', () => {
  const all = putBackLast();

  it('comes back one reason at a time, and asks only after the last', () => {
    expect(all.state).toBe('out-of-service');
    const suppressedStill = putBack(all)!;
    expect(suppressedStill.state).toBe('suppressed');
    const shelvedStill = unsuppressed(suppressedStill)!;
    expect(shelvedStill.state).toBe('shelved');
    expect(shelfEnded('unshelve', shelvedStill)).toEqual(born);
  });

  function putBackLast(): Alarm {
    const onShelf = shelved(born, { reason: 'rain', at: ten, until: eleven })!;
    return takenOut(suppressed(onShelf, 'painting')!, { by: 'li', at: ten, reason: 'bad probe' })!;
  }
});

describe('a severity that follows its value', () => {
  const seen = acknowledged(born, { by: 'wang', at: ten })!;

  it('asks again when it rises past what was acknowledged', () => {
    const high = withSeverity(seen, 'high');
    expect(high).toMatchObject({ severity: 'high', state: 'active-unacknowledged' });
    expect(high).not.toHaveProperty('acknowledgedBy');
  });

  it('falls without a word', () => {
    expect(withSeverity(seen, 'low')).toMatchObject({
      severity: 'low',
      state: 'active-acknowledged',
      acknowledgedBy: 'wang',
    });
  });

  it('that wobbles about its step asks once', () => {
    const high = acknowledged(withSeverity(seen, 'high')!, { by: 'wang', at: ten })!;
    const back = withSeverity(withSeverity(high, 'medium')!, 'high');
    expect(back).toMatchObject({ severity: 'high', state: 'active-acknowledged' });
  });

  it('keeps in mind all that it has been', () => {
    expect(withSeverity(withSeverity(born, 'high')!, 'low')?.severities).toEqual([
      'low',
      'medium',
      'high',
    ]);
    expect(withSeverity(born, 'medium')).toBeUndefined();
  });
});

it('a new occurrence takes the place of one that nobody had acknowledged, and of nothing else', () => {
  expect(superseded(inState('returned-unacknowledged')).state).toBe('normal');
  for (const state of ALARM_STATES.filter((each) => each !== 'returned-unacknowledged'))
    expect(superseded(inState(state)).state).toBe(state);
});

it('an alarm that a bigger one explains, or that came in a flood, asks nobody to acknowledge it', () => {
  for (const why of [{ explainedBy: 'A9' }, { incident: 'A9' }])
    expect(cleared({ ...born, ...why }, eleven)).toMatchObject({
      state: 'normal',
      clearedAt: eleven,
    });
});
