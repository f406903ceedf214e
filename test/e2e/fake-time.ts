// A machine's clock that a test sets: libfaketime in front of the real process, its monotonic clock
// left alone, as it is when somebody sets the time of day.
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../tools.ts';
import type { Under } from './gateway-process.ts';

const LIBRARIES = '/usr/lib';

/** Undefined where the machine has no libfaketime. */
function library(): string | undefined {
  return readdirSync(LIBRARIES)
    .map((folder) => path.join(LIBRARIES, folder, 'faketime'))
    .flatMap((folder) => filesIn(folder).map((file) => path.join(folder, file)))
    .find((file) => file.endsWith('/libfaketime.so.1'));
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // most libraries have no such folder
  }
}

export interface FakeTime {
  readonly under: Under;
  /** `-3d`, `+0`, or `@1970-01-01 00:00:30`, from which it runs on. */
  set(words: string): void;
}

export function fakeTime(words: string): FakeTime {
  const file = path.join(temporaryFolder(), 'time');
  const set = (next: string): void => writeFileSync(file, `${next}\n`);
  set(words);
  return {
    set,
    under: {
      env: {
        LD_PRELOAD: library() ?? '',
        FAKETIME_TIMESTAMP_FILE: file,
        FAKETIME_NO_CACHE: '1',
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
        NO_FAKE_STAT: '1',
        // The shell and its children count from their own start otherwise.
        TZ: 'UTC',
      },
    },
  };
}
