// ISA-18.2's states as a table: every happening in every state.
import { describe, expect, it } from 'vitest';
import { ALARM_STATES, type Alarm, type AlarmState } from '../../gateway/domain/alarm.ts';
import {
  acknowledged,
  cleared,
  newAlarm,
  shelved,
  superseded,
  unshelved,
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

type Happening = (alarm: Alarm) => Alarm | undefined;
const acknowledge: Happening = (alarm) => acknowledged(alarm, 'wang');
const clear: Happening = (alarm) => cleared(alarm, eleven);
const shelve: Happening = (alarm) => shelved(alarm, 'painting', eleven);

/** State after each happening, in the order of ALARM_STATES; undefined where it cannot happen. */
const TABLE: readonly (readonly [string, Happening, readonly (AlarmState | undefined)[]])[] = [
  ['acknowledged', acknowledge, ['active-acknowledged', undefined, 'normal', undefined, undefined]],
  [
    'cleared',
    clear,
    ['returned-unacknowledged', 'normal', 'returned-unacknowledged', 'normal', 'normal'],
  ],
  ['shelved', shelve, ['shelved', 'shelved', undefined, 'shelved', undefined]],
  ['unshelved', unshelved, [undefined, undefined, undefined, 'active-unacknowledged', undefined]],
  [
    'superseded',
    superseded,
    ['active-unacknowledged', 'active-acknowledged', 'normal', 'shelved', 'normal'],
  ],
];

describe.each(TABLE)('an alarm that is %s', (_, happen, after) => {
  it.each(ALARM_STATES.map((state, index) => [state, after[index]] as const))(
    'from %s: %s',
    (state, expected) => {
      expect(happen(inState(state))?.state).toBe(expected);
    },
  );
});

it('who had acknowledged before the shelf need not again', () => {
  const back = unshelved({ ...inState('shelved'), acknowledgedBy: 'wang' });
  expect(back).toEqual({ ...born, state: 'active-acknowledged', acknowledgedBy: 'wang' });
});

it('an alarm that a bigger one explains asks nobody to acknowledge it', () => {
  expect(cleared({ ...born, explainedBy: 'A9' }, eleven)).toMatchObject({
    state: 'normal',
    clearedAt: eleven,
  });
});
