// A damaged database is never thrown away and never written to: it gets another name, with its
// journal, once its successor is whole. Whoever is killed in between begins again with the damaged one.
import {
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { flushFolder } from './high-water.ts';

const SIDES = ['-wal', '-shm'];
const SUSPICION = 'suspect';

/** Puts `successor` in the place of `file`, which from then on is called `aside`. */
export function setAside(file: string, successor: string, aside: string): void {
  try {
    linkSync(file, aside);
  } catch {
    copyFileSync(file, aside, constants.COPYFILE_FICLONE); // a disk that knows no second names
  }
  if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${aside}-wal`);
  rmSync(`${file}-shm`, { force: true });
  renameSync(successor, file);
  flushFolder(path.dirname(file));
}

/** Removes a database that nobody has opened. */
export function removeDatabase(file: string): void {
  for (const side of ['', ...SIDES]) rmSync(file + side, { force: true });
}

/** Tells the next start to look at everything: somebody stumbled over damage. */
export function suspect(dir: string, words: string): void {
  try {
    writeFileSync(path.join(dir, SUSPICION), `${words}\n`, { mode: 0o600 });
  } catch {
    // a disk that takes not even this: the next start looks as it always does
  }
}

export function suspicion(dir: string): string | undefined {
  try {
    return readFileSync(path.join(dir, SUSPICION), 'utf8').trim();
  } catch {
    return undefined;
  }
}

export function forgetSuspicion(dir: string): void {
  rmSync(path.join(dir, SUSPICION), { force: true });
}
