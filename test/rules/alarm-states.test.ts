// Every happening in every state, legal and illegal. Written out a second time on purpose: a slip in
// the one table is seen in the other.
import { describe, expect, it } from 'vitest';
import { ALARM_STATES } from '../../gateway/domain/alarm.ts';
import { HAPPENINGS, TRANSITIONS } from '../../gateway/rules/alarm-states.ts';

const BACK = 'as-it-stands';
const NEW = 'active-unacknowledged';
const SEEN = 'active-acknowledged';
const GONE = 'returned-unacknowledged';
const OUT = 'out-of-service';
const no = undefined;

/** In the order of ALARM_STATES: new, seen, gone, latched, shelved, suppressed, out of service, normal. */
const EXPECTED: Record<(typeof HAPPENINGS)[number], readonly (string | undefined)[]> = {
  raised: [no, no, no, NEW, 'shelved', no, OUT, NEW],
  cleared: [GONE, 'normal', no, no, 'shelved', 'normal', OUT, no],
  'cleared-latching': ['latched', 'normal', no, no, 'shelved', 'normal', OUT, no],
  excused: ['normal', 'normal', 'normal', 'normal', 'normal', 'normal', 'normal', no],
  superseded: [no, no, 'normal', no, no, no, no, no],
  acknowledged: [SEEN, no, 'normal', 'normal', no, no, no, no],
  graver: [NEW, NEW, no, no, 'shelved', 'suppressed', OUT, no],
  're-alarm': [no, NEW, no, no, no, no, no, no],
  shelve: ['shelved', 'shelved', no, no, 'shelved', no, no, no],
  unshelve: [no, no, no, no, BACK, no, no, no],
  'shelf-over': [no, no, no, no, BACK, 'suppressed', OUT, no],
  suppress: ['suppressed', 'suppressed', no, no, 'suppressed', no, OUT, no],
  unsuppress: [no, no, no, no, no, BACK, OUT, no],
  'take-out': [OUT, OUT, no, no, OUT, OUT, no, no],
  'put-back': [no, no, no, no, no, no, BACK, no],
};

describe.each(HAPPENINGS)('%s', (happening) => {
  it.each(ALARM_STATES.map((state, index) => [state, EXPECTED[happening][index]] as const))(
    'from %s: %s',
    (state, expected) => {
      expect(TRANSITIONS[state][happening]).toBe(expected);
    },
  );
});

describe('whatever the state', () => {
  it.each([
    'unshelve',
    'shelf-over',
    'unsuppress',
    'put-back',
    'shelve',
    'suppress',
    'take-out',
  ] as const)('%s never acknowledges', (happening) => {
    for (const state of ALARM_STATES) {
      expect(TRANSITIONS[state][happening]).not.toBe('active-acknowledged');
    }
  });

  it('nothing but its condition, or somebody’s eyes on one that is gone, brings it to rest', () => {
    const ending = ['cleared', 'cleared-latching', 'excused', 'superseded', 'acknowledged'];
    const others = HAPPENINGS.filter((happening) => !ending.includes(happening));
    const outcomes = ALARM_STATES.flatMap((state) =>
      others.map((each) => TRANSITIONS[state][each]),
    );
    expect(outcomes).not.toContain('normal');
    expect(TRANSITIONS['active-unacknowledged'].acknowledged).toBe('active-acknowledged');
  });

  it('that it is over is never refused as long as it stands', () => {
    for (const state of [
      'active-unacknowledged',
      'active-acknowledged',
      'shelved',
      'suppressed',
      'out-of-service',
    ] as const)
      expect(TRANSITIONS[state].cleared).toBeDefined();
  });
});
