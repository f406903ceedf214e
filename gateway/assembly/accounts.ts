// Who may come in, put together; where the gateway listens because of it; and the key by which this
// machine's own commands show that they may read the store's folder.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { createAccounts } from '../accounts/account-desk.ts';
import { createSignInTally, type SignInTally } from '../accounts/sign-in-counts.ts';
import type { AccountsDesk } from '../api/desk.ts';
import type { Sequence } from '../domain/record.ts';
import type { Standing } from '../domain/standing.ts';
import { milliseconds, type Duration } from '../domain/time.ts';
import type { Commands } from '../flow/commands.ts';
import { obeyOnPerson } from '../flow/obey.ts';
import { createFaultLog } from '../ops/fault-log.ts';
import { writeDurably } from '../ops/durable-file.ts';
import type { Log, SavedAccounts, Store } from '../store/log.ts';
import type { AppOptions } from './options.ts';
import { loopback } from './sources.ts';

/** Decided once, at the start: what listens on this machine only goes on doing so until the next. */
export interface Entrance {
  readonly isClaimed: boolean;
  readonly commandKey: string;
  readonly saved: SavedAccounts;
  readonly signIns: SignInTally;
}

export async function readEntrance(
  { visitors }: Pick<AppOptions, 'visitors'>,
  { store, standing }: { readonly store: Store; readonly standing: Standing },
  from: Sequence,
): Promise<Entrance> {
  await recallPeople(store.log, from, standing);
  const [first] = standing.people.all();
  return {
    isClaimed: first !== undefined && visitors !== 'engineer',
    commandKey: randomBytes(32).toString('base64url'),
    saved: await store.accounts.load(),
    signIns: createSignInTally(),
  };
}

const AT_A_TIME = 1000;

/** What the log says of people after `from`; that the fold will say so again changes nothing. */
export async function recallPeople(
  log: Pick<Log, 'readAfter'>,
  from: Sequence,
  standing: Standing,
): Promise<void> {
  let at = from;
  for (;;) {
    const records = await log.readAfter(at, AT_A_TIME);
    for (const record of records)
      if (record.kind === 'command' && record.on === 'person') obeyOnPerson(standing, record);
    const last = records.at(-1);
    if (!last) return;
    at = last.sequence;
  }
}

/** Until the first person exists nothing listens beyond this machine, whatever the site file says. */
export const hostFor = (host: string, { isClaimed }: Pick<Entrance, 'isClaimed'>): string =>
  isClaimed ? host : loopback(host);

export function buildAccounts(parts: {
  readonly options: AppOptions;
  readonly store: Store;
  readonly standing: Standing;
  readonly entrance: Entrance;
  readonly commands: Commands;
}): AccountsDesk {
  const { options, store, standing, entrance, commands } = parts;
  const { site, clock, logger } = options;
  const { host, port } = site.http;
  const opens = hostFor(host, entrance) === host ? undefined : `${host}:${port}`;
  return createAccounts({
    accounts: store.accounts,
    saved: entrance.saved,
    people: standing.people,
    change: (ask) => commands.personAction(ask),
    note: (done) => commands.note({ on: 'person', ...done }),
    signIns: entrance.signIns,
    stations: new Set(site.compound.stations.keys()),
    clock,
    steady: steadyOf(options),
    commandKey: entrance.commandKey,
    ...(options.visitors && { visitors: options.visitors }),
    opensAfterRestart: () => opens,
    onEvent: (facts, words) => logger.info(facts, words),
    onFault: createFaultLog(logger, clock),
  });
}

/** What is never set, where somebody keeps the clock. */
function steadyOf({ timekeeping, clock }: AppOptions): () => Duration {
  const kept = timekeeping?.clock;
  return kept ? () => kept.steady() : () => milliseconds(clock.now());
}

const FILE = 'command.json';

/** Where this run is reached, and by what key; only whoever may read the store reads it. */
export interface CommandNote {
  readonly url: string;
  readonly key: string;
}

export const commandNoteIn = (dir: string): string => path.join(dir, FILE);

/**
 * Leaves the note for as long as this run lives; gives the way to take it away. Where it cannot be
 * written commands are strangers to this run, and readings come in all the same.
 */
export function leaveCommandNote(
  { site, logger }: AppOptions,
  url: string,
  { commandKey: key }: Entrance,
): () => void {
  const file = commandNoteIn(site.store.dir);
  const note: CommandNote = { url, key };
  try {
    writeDurably(file, `${JSON.stringify(note)}\n`);
  } catch (error) {
    logger.warn({ err: error, file }, 'commands on this machine cannot ask this gateway');
  }
  return () => rmSync(file, { force: true });
}
