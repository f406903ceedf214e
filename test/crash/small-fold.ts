// A fold small enough to be done again from nothing for every crash state, and still with every
// effect that a real step has: slices put and forgotten, alarms that rise and clear, a ticket that
// gets versions, a day of the ledger, derived records. What a store holds must be this fold of its
// log up to its cursor: then no effect is lost, and none is doubled.
import type { Alarm } from '../../gateway/domain/alarm.ts';
import type { AuditEntry } from '../../gateway/domain/audit.ts';
import type { LedgerDay } from '../../gateway/domain/ledger.ts';
import type { DerivedEntry, LogRecord, Sequence } from '../../gateway/domain/record.ts';
import type { Ticket } from '../../gateway/domain/ticket.ts';
import type { StepCommit } from '../../gateway/store/log.ts';
import { alarm, derived, done, ledgerDay, ticket } from '../store/entries.ts';

const ALARM_EVERY = 5;
const TICKET_EVERY = 20;

/** Everything that the fold ever did, or all that it did since it was last asked. */
interface Effects {
  readonly slices: Map<string, string | null>;
  readonly alarms: Map<string, Alarm>;
  readonly tickets: Map<string, Ticket>;
  readonly days: Map<string, LedgerDay>;
  readonly derived: DerivedEntry[];
  readonly audit: AuditEntry[];
}

export interface SmallFold {
  take(record: LogRecord): void;
  /** What changed since the last call, to be saved with the cursor. */
  changes(): StepCommit;
  /** The whole, as a store must hold it. */
  whole(): Whole;
}

export interface Whole {
  readonly cursor: Sequence;
  readonly slices: readonly (readonly [key: string, json: string])[];
  readonly alarms: readonly Alarm[];
  readonly tickets: readonly Ticket[];
  readonly ledger: readonly LedgerDay[];
  readonly derived: readonly DerivedEntry[];
  /** The records that the entries of the audit chain name, in its order. */
  readonly audited: readonly Sequence[];
}

const nothing = (): Effects => ({
  slices: new Map(),
  alarms: new Map(),
  tickets: new Map(),
  days: new Map(),
  derived: [],
  audit: [],
});

export function smallFold(): SmallFold {
  const all = nothing();
  let since = nothing();
  let [cursor, heard, sum, before] = [0, 0, 0, 0];

  const take = (record: LogRecord): void => {
    cursor = record.sequence;
    if (record.kind !== 'reading') return;
    heard += 1;
    sum += record.value;
    const effects = effectsOf({ sequence: cursor, before, heard, sum });
    before = cursor;
    for (const into of [all, since]) add(into, effects);
  };

  return {
    take,
    changes() {
      const { slices, alarms, tickets, days, derived, audit } = since;
      since = nothing();
      return {
        cursor,
        puts: [...slices],
        alarms: [...alarms.values()],
        tickets: [...tickets.values()],
        ledger: [...days.values()],
        derived,
        audit,
      };
    },
    whole: () => ({
      cursor,
      slices: [...all.slices].filter((slice): slice is [string, string] => slice[1] !== null),
      alarms: [...all.alarms.values()],
      tickets: [...all.tickets.values()],
      ledger: [...all.days.values()],
      derived: all.derived,
      audited: all.audit.map(({ sequence }) => sequence),
    }),
  };
}

interface Moment {
  readonly sequence: Sequence;
  /** The sequence of the reading before this one, 0 for the first. */
  readonly before: Sequence;
  readonly heard: number;
  readonly sum: number;
}

function effectsOf({ sequence, before, heard, sum }: Moment): Effects {
  const effects = nothing();
  effects.slices.set('heard', JSON.stringify({ heard, sum }));
  effects.slices.set(`newest/${before}`, null).set(`newest/${sequence}`, `${heard}`);
  const raised = Math.floor(heard / ALARM_EVERY);
  const isRisen = heard % ALARM_EVERY === 0;
  if (raised > 0) {
    const state = isRisen ? 'active-unacknowledged' : 'normal';
    effects.alarms.set(`a${raised}`, alarm({ id: `a${raised}`, state, value: sum }));
  }
  const id = `t${Math.floor(heard / TICKET_EVERY)}`;
  effects.tickets.set(id, ticket({ id, version: heard }));
  const day = ledgerDay({ depositedKg: sum, revision: heard });
  effects.days.set(day.id, day);
  effects.derived.push(derived({ origin: sequence, value: sum }));
  effects.audit.push(done(sequence, { id, words: `version ${heard}` }));
  return effects;
}

function add(into: Effects, effects: Effects): void {
  for (const kind of ['slices', 'alarms', 'tickets', 'days'] as const) {
    const target: Map<string, unknown> = into[kind];
    for (const [key, value] of effects[kind]) target.set(key, value);
  }
  into.derived.push(...effects.derived);
  into.audit.push(...effects.audit);
}
