// What the desk makes of alarms in their states and of work: which words and shapes, what may be done,
// what is listed for whom.
import { describe, expect, it } from 'vitest';
import {
  alarmActions,
  LONGEST_SHELF_H,
  offered,
  SPANS_H,
} from '../../dashboards/engineer/action-fields.ts';
import { ALARM_FILTERS, alarmList } from '../../dashboards/engineer/alarm-filter.ts';
import {
  alarmName,
  alarmText,
  isUnseen,
  STATE_SHAPES,
  stateFacts,
  stateWord,
} from '../../dashboards/engineer/alarm-look.ts';
import { filtersFor, passes, workOf, type Filter } from '../../dashboards/engineer/work.ts';
import { formatIn } from '../../dashboards/shared/format.ts';
import { en } from '../../dashboards/shared/words-en.ts';
import { zh } from '../../dashboards/shared/words-zh.ts';
import { wordFor } from '../../dashboards/shared/words.ts';
import type { AlarmView } from '../../gateway/api/schemas.ts';
import { ALARM_STATES, ENDED_BY, LONGEST_SHELF, SEVERITIES } from '../../gateway/domain/alarm.ts';
import { CLOCK_STATES } from '../../gateway/domain/clock-state.ts';
import { TICKET_STATES } from '../../gateway/domain/ticket.ts';
import { FATES } from '../../gateway/flow/rehearsal/rehearsal-comparison.ts';
import { TRANSITIONS as ALARM_TABLE } from '../../gateway/rules/alarm-states.ts';
import { ACTIONS } from '../../gateway/tickets/transitions.ts';
import { loopAt } from './loop-compound.ts';

const NOW = Date.parse('2026-11-20T10:30:00Z');
const { alarms, tickets } = loopAt(NOW);
const alarm = (id: string): AlarmView => {
  const found = alarms.find((one) => one.id === id);
  if (!found) throw new Error(`there is no alarm ${id}`);
  return found;
};
const chinese = { words: zh, format: formatIn('Asia/Shanghai', zh), now: NOW, nameOf: String };
const english = { words: en, format: formatIn('Asia/Shanghai', en), now: NOW, nameOf: String };

describe('every state', () => {
  it.each([zh, en])('of an alarm has a word and a shape of its own', (words) => {
    const said = ALARM_STATES.map((state) => words.alarmState[state]);
    expect(new Set(said).size).toBe(ALARM_STATES.length);
    expect(said).not.toContain('');
    const shapes = ALARM_STATES.map((state) => STATE_SHAPES[state]);
    expect(new Set(shapes).size).toBe(ALARM_STATES.length);
  });

  it.each([zh, en])('and step and end and clock and fate has its word', ({ work, action }) => {
    const wordless = [
      ...TICKET_STATES.filter((state) => wordFor(work.step, state) === state),
      ...ENDED_BY.filter((end) => wordFor(work.ruleEnded, end) === end),
      ...CLOCK_STATES.filter((state) => wordFor(work.evidence.clockState, state) === state),
      ...FATES.filter((fate) => !(fate in work.rehearsal.fate)),
      ...ACTIONS.filter((name) => wordFor(action, name) === name),
    ];
    expect(wordless).toEqual([]);
  });
});

describe('an alarm', () => {
  it('on a shelf says until when, and why', () => {
    expect(stateWord(alarm('a-shelved'), chinese)).toBe('搁置到 22:20');
    expect(stateFacts(alarm('a-shelved'), chinese)).toEqual(['原因：等新电池到货']);
    const { shelvedUntil: _end, ...endless } = alarm('a-shelved');
    expect(stateWord(endless, english)).toBe('shelved until it next clears');
  });

  it('out of service says who took it out, and why', () => {
    expect(stateFacts(alarm('a-out'), english)).toEqual([
      'because: 传感器返厂',
      'taken out by li.wei, 10:10',
    ]);
  });

  it('that was acknowledged says by whom, and when it asks again', () => {
    expect(stateFacts(alarm('a-acknowledged'), chinese)).toEqual([
      'li.wei 已确认',
      '19:20 仍未恢复将再次提醒',
    ]);
  });

  it('of a flood says how many there are, and whose', () => {
    expect(alarmText(alarm('a-flood'), english)).toBe('flood of alarms: 14 places');
    expect(alarmName(alarm('a-flood'), chinese)).toBe('告警成片 · 工程');
  });

  it.each(ALARM_STATES)('that is %s offers what the gateway’s table lets happen', (state) => {
    const happenings = Object.keys(ALARM_TABLE[state]);
    const asked: Record<string, string> = { acknowledge: 'acknowledged' };
    const possible = ['acknowledge', 'shelve', 'unshelve', 'take-out', 'put-back'].filter(
      (action) => happenings.includes(asked[action] ?? action),
    );
    const actions = alarmActions({ ...alarm('a-chatters'), state }, () => true);
    expect([...actions].sort()).toEqual(possible.sort());
    expect(offered(actions)).toHaveLength(actions.length);
  });

  it('offers nothing to whom nothing is allowed', () => {
    expect(alarmActions(alarm('a-chatters'), () => false)).toEqual([]);
    const seen = (operation: string): boolean => operation === 'acknowledgeAlarm';
    expect(alarmActions(alarm('a-chatters'), seen)).toEqual(['acknowledge']);
  });

  it('is shelved for no longer than the gateway allows', () => {
    for (const severity of SEVERITIES) {
      expect(LONGEST_SHELF_H[severity] * 3_600_000).toBe(LONGEST_SHELF[severity]);
      expect(SPANS_H).toContain(LONGEST_SHELF_H[severity]);
    }
  });
});

describe('the list of alarms', () => {
  const shown = (filter: (typeof ALARM_FILTERS)[number]) =>
    alarmList(filter, alarms).map(({ id }) => id);

  it('shows each that stands, a flood as its incident, the gravest first', () => {
    expect(shown('standing')[0]).toBe('alarm-c1');
    expect(shown('standing')).toContain('a-flood');
    expect(shown('standing')).not.toContain('a-in-flood');
  });

  it('finds what is aside, what is quiet and what is over in their places', () => {
    expect(shown('shelved')).toEqual(['a-shelved']);
    expect(shown('quiet').sort()).toEqual(['a-out', 'a-suppressed']);
    expect(shown('over')).toEqual(['alarm-3']);
    expect(alarmList('unacknowledged', alarms).every(isUnseen)).toBe(true);
  });
});

describe('what needs a person', () => {
  const work = workOf(tickets, alarms);
  const left = (filter: Filter, who: { id?: string; role: string }) =>
    work.filter((one) => passes(filter, one, { ...who, now: NOW })).map(({ id }) => id);

  it('is not what somebody has set aside, nor what came in a flood', () => {
    const ids = work.map(({ id }) => id);
    for (const id of ['a-shelved', 'a-suppressed', 'a-out', 'a-in-flood', 'T17', 'T18'])
      expect(ids).not.toContain(id);
  });

  it('is for who judges what stands before their step and waits for no sensor', () => {
    expect(left('team', { role: 'committee' })).toEqual([]);
    const agreed = tickets.map(({ parkedUntil: _parked, ...one }) => one);
    const seen = workOf(agreed, []).filter((one) =>
      passes('team', one, { role: 'committee', now: NOW }),
    );
    expect(seen.map(({ id }) => id)).toEqual(['T13']);
    expect(left('team', { role: 'reviewer' })).toEqual(['T15']);
  });

  it('is overdue only where its time does not stand still', () => {
    expect(left('overdue', { role: 'engineer' })).toEqual(['T11']);
    expect(left('waiting', { role: 'engineer' }).sort()).toEqual(['T12', 'T13']);
    expect(left('mine', { id: 'li.wei', role: 'engineer' }).sort()).toEqual(['T11', 'T14']);
    expect(left('mine', { role: 'engineer' })).toEqual([]);
  });

  it('is sifted by what can hold anything for them', () => {
    expect(filtersFor({ role: 'engineer' })).not.toContain('mine');
    expect(filtersFor({ id: 'chen', role: 'admin' })).not.toContain('team');
    expect(filtersFor({ id: 'zhao', role: 'committee' })[0]).toBe('mine');
  });
});
