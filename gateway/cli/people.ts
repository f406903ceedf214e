// A command's hand on the book of people. While a gateway runs it holds the store and is asked, so
// that what is changed counts at once; otherwise the store is opened here.
import { createAccounts } from '../accounts/account-desk.ts';
import type { AccountsDesk, Answer } from '../api/desk.ts';
import type { NewPerson, PersonView } from '../api/schemas.ts';
import { recallPeople } from '../assembly/accounts.ts';
import { followersOf } from '../assembly/followers.ts';
import { Fault } from '../domain/fault.ts';
import { createStanding } from '../domain/standing.ts';
import { milliseconds } from '../domain/time.ts';
import { takeNote } from '../flow/noting.ts';
import { personAction } from '../flow/person-commands.ts';
import { systemClock } from '../ops/system-clock.ts';
import type { Site } from '../site/site.ts';
import type { Store } from '../store/log.ts';
import { openStore } from '../store/sqlite-store.ts';
import { gatewayDoor, type GatewayDoor } from './gateway-door.ts';

export interface People {
  list(): Promise<PersonView[]>;
  add(person: NewPerson): Promise<Answer<PersonView>>;
  setState(id: string, state: 'active' | 'disabled'): Promise<Answer<PersonView>>;
  setPassword(id: string, password: string): Promise<Answer<PersonView>>;
}

export interface OpenPeople {
  readonly people: People;
  /** Who wrote it down: the gateway that runs, or we. */
  readonly by: 'gateway' | 'command';
  close(): Promise<void>;
}

/** Rejects with `gateway-unreachable` where a gateway holds the store and does not answer. */
export async function openPeople(site: Site): Promise<OpenPeople> {
  try {
    return await ownPeople(site);
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'store-in-use') throw error;
    return { people: askedPeople(gatewayDoor(site)), by: 'gateway', close: async () => {} };
  }
}

const ACTOR = { by: 'command', role: 'admin' };
const SHOWN = { address: '127.0.0.1' };

async function ownPeople(site: Site): Promise<OpenPeople> {
  const store = await openStore({ ...site.store, followers: followersOf(site) });
  try {
    const desk = await deskOver(store, site);
    return { people: ownHand(desk), by: 'command', close: () => store.close() };
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function deskOver(store: Store, site: Site): Promise<AccountsDesk> {
  const saved = await store.step.load();
  const standing = createStanding(saved);
  await recallPeople(store.log, saved.cursor, standing);
  standing.takeChanges();
  /** No fold runs here: the record goes to the log, and its effect beside it, as the fold would. */
  const settled = async (sequence: number): Promise<void> => {
    await recallPeople(store.log, sequence - 1, standing);
    const { puts } = standing.takeChanges();
    const nothing = { alarms: [], tickets: [], derived: [] };
    await store.step.save({ cursor: saved.cursor, puts, ...nothing });
  };
  const { log } = store;
  const parts = { log, clock: systemClock, settled: async () => {} };
  return createAccounts({
    accounts: store.accounts,
    saved: await store.accounts.load(),
    people: standing.people,
    change: (ask) => personAction({ log, standing, clock: systemClock, settled }, ask),
    note: (done) => takeNote(parts, { on: 'person', ...done }),
    stations: new Set(site.compound.stations.keys()),
    clock: systemClock,
    steady: () => milliseconds(systemClock.now()),
    onFault(error) {
      throw error;
    },
  });
}

const ownHand = (desk: AccountsDesk): People => ({
  list: async () => desk.people(),
  add: (body) => desk.addPerson({ body, actor: ACTOR }),
  setState: (id, state) => desk.setPersonState({ id, state, actor: ACTOR }),
  async setPassword(id, password) {
    const answer = await desk.setPassword({ id, password, actor: ACTOR, shown: SHOWN });
    return answer.ok ? { ok: true, value: answer.value.person } : answer;
  },
});

const PEOPLE = '/api/v1/people';

function askedPeople({ ask }: GatewayDoor): People {
  const at = (id: string): string => `${PEOPLE}/${encodeURIComponent(id)}`;
  return {
    async list() {
      const answer = await ask<PersonView[]>(PEOPLE, { method: 'GET' });
      if (answer.ok) return answer.value;
      throw new Fault('gateway-unreachable', `asking who works here: ${answer.detail}`);
    },
    add: (body) => ask(PEOPLE, { method: 'POST', body }),
    setState: (id, state) =>
      ask(`${at(id)}/${state === 'active' ? 'enable' : 'disable'}`, { method: 'POST' }),
    setPassword: (id, password) =>
      ask(`${at(id)}/password`, { method: 'POST', body: { password } }),
  };
}
