// What may happen to an alarm in each of its states, after ISA-18.2 and OPC UA Part 9, as data. What
// the table does not name cannot happen there. alarm-book.ts is its only reader, and decides nothing
// besides it.
//
//                 raised                      cleared
//   normal ──────────────▶ unacknowledged ──────────────▶ returned, unacknowledged
//     ▲                      │        ▲  ╲                    │
//     │         acknowledged │        │   ╲ latching          │ acknowledged
//     │  cleared             ▼        │    ▼                  ▼
//     ├──────────────── acknowledged ─┘   latched ─────────▶ normal
//
//   and aside of all this: shelved, suppressed, out of service, from which it comes back as it stands.
//
// Promises: silence never acknowledges, acknowledging never clears, and whatever keeps an alarm from
// being told keeps nobody from seeing that it is over.
import type { AlarmState } from '../domain/alarm.ts';

export const HAPPENINGS = [
  'raised',
  'cleared',
  // Cleared, where the rule says that somebody must have seen it.
  'cleared-latching',
  // Over with nothing to acknowledge: something bigger explains it, or its rule is gone.
  'excused',
  // A new alarm of the same rule and subject takes its place.
  'superseded',
  'acknowledged',
  'graver',
  're-alarm',
  'shelve',
  'unshelve',
  'shelf-over',
  'suppress',
  'unsuppress',
  'take-out',
  'put-back',
] as const;
export type Happening = (typeof HAPPENINGS)[number];

/** `as-it-stands`: what the rest of the alarm says of itself, the most out of the way first. */
export type Outcome = AlarmState | 'as-it-stands';

export const TRANSITIONS: Readonly<
  Record<AlarmState, Readonly<Partial<Record<Happening, Outcome>>>>
> = {
  normal: {
    raised: 'active-unacknowledged',
  },
  'active-unacknowledged': {
    cleared: 'returned-unacknowledged',
    'cleared-latching': 'latched',
    excused: 'normal',
    acknowledged: 'active-acknowledged',
    graver: 'active-unacknowledged',
    shelve: 'shelved',
    suppress: 'suppressed',
    'take-out': 'out-of-service',
  },
  'active-acknowledged': {
    cleared: 'normal',
    'cleared-latching': 'normal',
    excused: 'normal',
    graver: 'active-unacknowledged',
    're-alarm': 'active-unacknowledged',
    shelve: 'shelved',
    suppress: 'suppressed',
    'take-out': 'out-of-service',
  },
  'returned-unacknowledged': {
    excused: 'normal',
    superseded: 'normal',
    acknowledged: 'normal',
  },
  latched: {
    raised: 'active-unacknowledged',
    excused: 'normal',
    acknowledged: 'normal',
  },
  shelved: {
    // It comes and goes on its shelf; that is what shelves are for.
    raised: 'shelved',
    cleared: 'shelved',
    'cleared-latching': 'shelved',
    excused: 'normal',
    graver: 'shelved',
    shelve: 'shelved',
    unshelve: 'as-it-stands',
    'shelf-over': 'as-it-stands',
    suppress: 'suppressed',
    'take-out': 'out-of-service',
  },
  suppressed: {
    cleared: 'normal',
    'cleared-latching': 'normal',
    excused: 'normal',
    graver: 'suppressed',
    'shelf-over': 'suppressed',
    unsuppress: 'as-it-stands',
    'take-out': 'out-of-service',
  },
  'out-of-service': {
    raised: 'out-of-service',
    cleared: 'out-of-service',
    'cleared-latching': 'out-of-service',
    excused: 'normal',
    graver: 'out-of-service',
    'shelf-over': 'out-of-service',
    suppress: 'out-of-service',
    unsuppress: 'out-of-service',
    'put-back': 'as-it-stands',
  },
};
