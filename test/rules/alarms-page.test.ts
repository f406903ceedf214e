// What docs/alarms.md says of states and limits, made from the table and the numbers that the rules
// go by; and its examples of rules, checked as a site file is.
import { describe, expect, it } from 'vitest';
import { ALARM_STATES, LONGEST_SHELF, SEVERITIES } from '../../gateway/domain/alarm.ts';
import type { RuleSettings } from '../../gateway/domain/rule.ts';
import { formatDuration } from '../../gateway/domain/time.ts';
import { HAPPENINGS, TRANSITIONS } from '../../gateway/rules/alarm-states.ts';
import { expectMade, table } from '../made-parts.ts';
import { load, ONE_OF_EACH, read } from '../site/tools.ts';

const PAGE = 'docs/alarms.md';

describe('the page about alarms', () => {
  it('says what becomes of an alarm in each state as the table has it', () => {
    const rows = HAPPENINGS.map((happening) => [
      happening,
      ...ALARM_STATES.map((state) => TRANSITIONS[state][happening] ?? ''),
    ]);
    expectMade(PAGE, { states: table(['', ...ALARM_STATES.map((state) => `**${state}**`)], rows) });
  });

  it('says how long an alarm can be shelved', () => {
    const rows = SEVERITIES.map((severity) => [severity, formatDuration(LONGEST_SHELF[severity])]);
    expectMade(PAGE, { shelves: table(['severity', 'at most'], rows) });
  });

  it('shows rules that a site file takes, one of each kind', () => {
    const examples = [...read(PAGE).matchAll(/```yaml\n(- id: [^`]*)```/g)].map(([, text]) => text);
    const things = ONE_OF_EACH.slice(0, ONE_OF_EACH.indexOf('rules:\n'));
    const { site, mistakes } = load(`${things}rules:\n${examples.join('')}`);
    expect(mistakes).toBeUndefined();
    expect(new Set(site?.rules.map(({ kind }) => kind))).toEqual(new Set(KINDS));
  });
});

/** Another kind cannot be left out: its name would be missing here. */
const ALL: Record<RuleSettings['kind'], true> = {
  threshold: true,
  outside: true,
  rate: true,
  noise: true,
  'off-hours': true,
  meaning: true,
  disagree: true,
  repeat: true,
  silence: true,
  lamp: true,
  'most-of': true,
  link: true,
  stuck: true,
};
const KINDS = Object.keys(ALL);
