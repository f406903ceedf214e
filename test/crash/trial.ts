// One recorded gateway, every crash of it that is asked for, one tally. The states are opened one
// after another in memory where the machine has a file system in it.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { finding, judge, lost, type Finding } from './judge.ts';
import { throughConnection, throughStore, type Found } from './opened.ts';
import { record, type Recorded } from './recording.ts';
import { crashStates, type CrashState, type Sampling } from './states.ts';

export interface Tally {
  readonly states: number;
  /** Of them, opened by the whole store with its threads. */
  readonly opened: number;
  /** Acknowledgements in the recording. */
  readonly promised: number;
  /** States in which at least one acknowledged thing was gone, and the most of one state. */
  readonly losing: number;
  readonly worst: number;
  /** Every other finding, with the state that it was found in. */
  readonly other: readonly (Finding & { readonly where: string })[];
}

export interface Trial extends Recorded, Sampling {
  /** Opens every nth state through the whole store. */
  readonly wholeEvery: number;
}

interface Counting extends Tally {
  states: number;
  opened: number;
  losing: number;
  worst: number;
  readonly other: (Finding & { readonly where: string })[];
}

export async function tallyOf(trial: Trial): Promise<Tally> {
  const scratch = scratchFolder();
  const events = record(scratch, trial);
  const promised = events.filter(({ what }) => what === 'said').length;
  const tally: Counting = { states: 0, opened: 0, promised, losing: 0, worst: 0, other: [] };
  const openAfter = async (before: Promise<void>, state: CrashState): Promise<void> => {
    await before;
    tally.opened += 1;
    count(tally, state, await findingsIn(state, path.join(scratch, 'whole'), throughStore));
  };
  let opening: Promise<void> = Promise.resolve(); // whole stores, one after another, beside us
  for (const state of crashStates(events, trial)) {
    tally.states += 1;
    if (tally.states % trial.wholeEvery === 0) {
      opening = openAfter(opening, state);
    } else {
      count(tally, state, await findingsIn(state, path.join(scratch, 'state'), throughConnection));
    }
    await breathe(); // the test runner wants to hear of us
  }
  await opening;
  return tally;
}

function count(tally: Counting, { at, fate }: CrashState, findings: readonly Finding[]): void {
  const gone = findings.filter(({ kind }) => kind === 'lost').length;
  if (gone > 0) tally.losing += 1;
  tally.worst = Math.max(tally.worst, gone);
  const where = `after event ${at}, fate ${fate}`;
  const other = findings.filter(({ kind }) => kind !== 'lost');
  tally.other.push(
    ...other.map(({ kind, words }) => ({ kind, words: words.slice(0, 500), where })),
  );
}

type Open = (dir: string) => Promise<Found> | Found | 'unmade';

async function findingsIn(state: CrashState, dir: string, open: Open): Promise<Finding[]> {
  const { image, promised } = state;
  mkdirSync(dir);
  for (const [name, bytes] of image) writeFileSync(path.join(dir, name), bytes);
  try {
    const found = await open(dir);
    return found === 'unmade' ? promised.map(lost) : judge(found, promised);
  } catch (error) {
    return [finding('unopened', String(error)), ...promised.map(lost)];
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function scratchFolder(): string {
  const home = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const folder = mkdtempSync(path.join(home, 'courtyard-crash-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function report(name: string, tally: Tally): void {
  const { states, opened, promised, losing, worst, other } = tally;
  const kinds = [...new Set(other.map(({ kind }) => kind))].join(', ');
  console.info(
    `${name}: ${states} crash states of ${promised} promises, ${opened} opened by the whole store; ` +
      `${losing} states lose, the worst ${worst}; ${other.length} other findings ${kinds}`,
  );
}
