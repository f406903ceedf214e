// A disk between a program and the truth: what was written is there for whoever asks, and after a
// power cut perhaps not. Promised is only what POSIX promises: a file's bytes and its size by a sync
// of the file, a file's name by a sync of the folder. All else may have arrived or not, sector by
// sector and in any order; of the names, which a file system writes in a journal, a beginning.
import type { Event } from './trace.ts';

const SECTOR = 512;

/** Files by name, as the next start finds them. */
export type Image = ReadonlyMap<string, Buffer>;

/**
 * How much of the unsynced arrived. `sizes`: files are as long as they were to be, with zeros where
 * their bytes should be; a number is the seed of a lottery over every sector, size and name.
 */
export type Fate = 'nothing' | 'everything' | 'sizes' | number;

export interface Disk {
  apply(event: Event): void;
  afterPowerCut(fate: Fate): Image;
}

type Change = Extract<Event, { what: 'write' | 'resize' }>;

interface File {
  durable: Buffer;
  pending: Change[];
}

/** One change of a folder: which names now mean which files, and which none. */
type Naming = readonly (readonly [name: string, file: File | undefined])[];

export function createDisk(): Disk {
  const names = new Map<string, File>(); // as programs see them
  const durable = new Map<string, File>();
  let naming: Naming[] = [];

  const name = (...change: Naming): void => {
    rename(names, change);
    naming.push(change);
  };
  const fileNamed = (name: string): File => {
    const file = names.get(name);
    if (!file) throw new Error(`${name} is not there`);
    return file;
  };

  return {
    apply(event) {
      switch (event.what) {
        case 'create':
          if (!names.has(event.file)) name([event.file, { durable: Buffer.alloc(0), pending: [] }]);
          return;
        case 'remove':
          return name([event.file, undefined]);
        case 'rename':
          return name([event.to, fileNamed(event.file)], [event.file, undefined]);
        case 'write':
        case 'resize':
          return void fileNamed(event.file).pending.push(event);
        case 'sync': {
          const file = fileNamed(event.file);
          file.durable = arrived(file, EVERYTHING);
          file.pending = [];
          return;
        }
        case 'sync-folder':
          for (const change of naming) rename(durable, change);
          naming = [];
          return;
        case 'said':
          return;
      }
    },
    afterPowerCut(fate) {
      const luck = luckOf(fate);
      const after = new Map(durable);
      for (const change of naming.slice(0, luck.namesOf(naming.length))) rename(after, change);
      return new Map([...after].map(([name, file]) => [name, arrived(file, luck)]));
    },
  };
}

function rename(names: Map<string, File>, change: Naming): void {
  for (const [name, file] of change) {
    if (file) names.set(name, file);
    else names.delete(name);
  }
}

interface Luck {
  /** How many of so many changes of names arrived. */
  namesOf(count: number): number;
  hasSector(): boolean;
  hasResize(): boolean;
  /** Whether a file is as long as it was to be, whatever of its bytes arrived. */
  hasLength(): boolean;
}

const EVERYTHING: Luck = {
  namesOf: (count) => count,
  hasSector: () => true,
  hasResize: () => true,
  hasLength: () => true,
};

function luckOf(fate: Fate): Luck {
  if (fate === 'everything') return EVERYTHING;
  if (fate === 'sizes') return { ...EVERYTHING, hasSector: () => false };
  if (fate === 'nothing') {
    const never = (): boolean => false;
    return { namesOf: () => 0, hasSector: never, hasResize: never, hasLength: never };
  }
  const lot = lottery(fate);
  const share = [0.1, 0.5, 0.9][Math.floor(lot() * 3)] ?? 0.5;
  const even = (): boolean => lot() < 0.5;
  return {
    namesOf: (count) => Math.floor(lot() * (count + 1)),
    hasSector: () => lot() < share,
    hasResize: even,
    hasLength: even,
  };
}

/** A file's bytes with those of the unsynced changes that luck lets through, in their order. */
function arrived({ durable, pending }: File, luck: Luck): Buffer {
  if (pending.length === 0) return durable;
  const longest = Math.max(durable.length, ...pending.map(endOf));
  const bytes = Buffer.alloc(longest);
  durable.copy(bytes);
  let meant = durable.length;
  let size = durable.length;
  for (const change of pending) {
    meant = change.what === 'resize' ? change.size : Math.max(meant, endOf(change));
    if (change.what === 'write') {
      for (const [from, to] of sectorsOf(change)) {
        if (!luck.hasSector()) continue;
        change.bytes.copy(bytes, from, from - change.at, to - change.at);
        size = Math.max(size, to);
      }
    } else if (luck.hasResize()) {
      size = change.size;
      bytes.fill(0, size);
    }
  }
  return bytes.subarray(0, luck.hasLength() ? meant : size);
}

const endOf = (change: Change): number =>
  change.what === 'write' ? change.at + change.bytes.length : change.size;

/** A write's parts in the file, cut where the disk's sectors are. */
function* sectorsOf({
  at,
  bytes,
}: Extract<Change, { what: 'write' }>): Generator<[number, number]> {
  const end = at + bytes.length;
  for (let from = at; from < end;) {
    const to = Math.min(end, (Math.floor(from / SECTOR) + 1) * SECTOR);
    yield [from, to];
    from = to;
  }
}

/** The same numbers for the same seed (xorshift), so that a state that fails can be had again. */
function lottery(seed: number): () => number {
  let state = (Math.imul(seed + 1, 0x9e3779b1) | 1) >>> 0;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state = (state ^ (state << 5)) >>> 0;
    return state / 2 ** 32;
  };
}
