// Everything between the folder and the first group: room where the disk is full, a look at the
// database before anybody believes it, a new one in the place of a damaged one, the format, and
// where the sequences go on. In the writer's thread, before anyone else has the file open.
import { statSync } from 'node:fs';
import { Fault } from '../domain/fault.ts';
import type { Sequence } from '../domain/record.ts';
import { type Ballast, freeBytes } from './ballast.ts';
import {
  FORMAT_VERSION,
  faultOf,
  formatVersion,
  isDamage,
  isFull,
  openConnection,
  wordsOf,
} from './connection.ts';
import type { HighWater } from './high-water.ts';
import type { Recovery } from './log.ts';
import { lastSequence } from './log-table.ts';
import { makeDatabase, recover } from './recovery.ts';
import { resumeBehind, type Found } from './resumption.ts';
import { forgetSuspicion, suspicion } from './set-aside.ts';
import { damageIn } from './soundness.ts';

export interface Premises {
  readonly dir: string;
  readonly file: string;
  readonly ballast: Ballast;
  readonly mark: HighWater;
  /** The last sequence that a writer of this very process answered for, before it died. */
  readonly answered?: Sequence;
}

/** What whoever looks after the store should know of its opening. */
export interface OpeningNews {
  readonly recovered?: Recovery;
  readonly notes: readonly string[];
}

/** With less, not even the journal's index finds room. */
const LEAST_BYTES = 1024 * 1024;

/** Throws what opening throws, after it has tried with the ballast's room as well. */
export async function readyDatabase(premises: Premises): Promise<OpeningNews> {
  try {
    return await attempt(premises);
  } catch (error) {
    const isShort = isFull(error) || freeBytes(premises.dir) < LEAST_BYTES;
    if (!isShort || !premises.ballast.drop()) throw error;
    return attempt(premises);
  }
}

async function attempt(premises: Premises): Promise<OpeningNews> {
  const { dir, file, mark, answered } = premises;
  const journal = sizeOf(`${file}-wal`) > 0 ? 'there' : 'gone';
  const why = damageOf(file, dir);
  const recovered = why && (await recoverOrRefuse(premises, why));
  forgetSuspicion(dir);
  const db = openConnection(file, 'write');
  const version = formatVersion(db);
  db.close();
  if (version !== FORMAT_VERSION) await makeDatabase(file);
  if (recovered) return { recovered, notes: [wordsOn(recovered)] };
  const lost = mark.left && lookBack(file, mark.left, { journal, answered });
  return { notes: lost === undefined ? [] : [lost] };
}

/** In words; undefined for a sound one, and for one that a newer version shall look at. */
function damageOf(file: string, dir: string): string | undefined {
  try {
    using db = openConnection(file, 'read');
    const version = formatVersion(db);
    if (version > FORMAT_VERSION) throw newer(dir, version);
    return damageIn(db, file, suspicion(dir) === undefined ? 'quick' : 'thorough');
  } catch (error) {
    if (isDamage(error)) return wordsOf(error);
    throw error;
  }
}

const newer = (dir: string, version: number): Fault =>
  new Fault(
    'store-newer',
    `opening the store in ${dir}: its format is ${version}, this version knows ${FORMAT_VERSION}`,
  );

async function recoverOrRefuse({ file, dir, mark }: Premises, why: string): Promise<Recovery> {
  try {
    return await recover({ file, why, left: mark.left });
  } catch (error) {
    if (isFull(error)) throw error;
    throw faultOf('store-damaged', `opening the store in ${dir}: ${why}; salvaging it`, error);
  }
}

function wordsOn({ why, setAside, damaged }: Recovery): string {
  const left =
    damaged.length === 0 ? 'all of it' : `all that could be read of ${damaged.join(', ')}`;
  return `the database was damaged (${why}): it is now ${setAside}, and ${left} was taken over`;
}

/** A thread that ends without anybody reading folds its journal in: then it is gone and nothing else is. */
function lookBack(
  file: string,
  left: NonNullable<HighWater['left']>,
  {
    journal,
    answered = Infinity,
  }: Pick<Found, 'journal'> & { readonly answered?: Sequence | undefined },
) {
  using db = openConnection(file, 'write');
  const head = lastSequence(db);
  return resumeBehind(db, left, { head, journal: head >= answered ? 'there' : journal });
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
