// The house's own accounts over people in a plain map, with passwords that cost next to nothing.
import { createAccounts, type AccountsParts } from '../../gateway/accounts/account-desk.ts';
import { createPasswords } from '../../gateway/accounts/passwords.ts';
import type { AccountsDesk } from '../../gateway/api/desk.ts';
import type { Person } from '../../gateway/domain/person.ts';
import { createStanding } from '../../gateway/domain/standing.ts';
import { milliseconds } from '../../gateway/domain/time.ts';
import { obeyOnPerson } from '../../gateway/flow/obey.ts';
import { takeNote } from '../../gateway/flow/noting.ts';
import { personAction } from '../../gateway/flow/person-commands.ts';
import { handClock } from './hand-clock.ts';
import { memoryAccounts } from './memory-accounts.ts';

/** A hundredth of the true cost. */
export const CHEAP = createPasswords({ memoryKiB: 64, passes: 1, lanes: 1 });

export type HandAccounts = Partial<AccountsParts> & { readonly people?: AccountsParts['people'] };

export function handAccounts(more: HandAccounts = {}): AccountsDesk {
  const clock = more.clock ?? handClock('2026-11-20T08:00:00Z');
  const standing = createStanding({ slices: [], alarms: [], tickets: [] });
  let head = 0;
  const log = {
    async append(entries: readonly unknown[]) {
      for (const entry of entries)
        obeyOnPerson(standing, entry as Parameters<typeof obeyOnPerson>[1]);
      return (head += entries.length);
    },
  };
  return createAccounts({
    accounts: memoryAccounts(),
    saved: { credentials: [], tokens: [] },
    people: standing.people,
    change: (ask) => personAction({ log, standing, clock, settled: async () => {} }, ask),
    note: (done) => takeNote({ log, clock, settled: async () => {} }, { on: 'person', ...done }),
    stations: new Set(['k1', 'k2']),
    clock,
    steady: () => milliseconds(clock.now()),
    passwords: CHEAP,
    onFault(error) {
      throw error;
    },
    ...more,
  });
}

export const person = (id: string, more: Partial<Person> = {}): Person => ({
  id,
  name: id,
  role: 'engineer',
  teams: [],
  buildings: [],
  duty: [],
  state: 'active',
  ...more,
});
