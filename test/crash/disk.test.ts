// The model of the disk: what a power cut may leave, and what it may not.
import { describe, expect, it } from 'vitest';
import { createDisk, type Disk, type Fate } from './disk.ts';
import type { Event } from './trace.ts';

const file = 'courtyard.db';
const create: Event = { what: 'create', file };
const sync: Event = { what: 'sync', file };
const remove: Event = { what: 'remove', file };
const named: Event = { what: 'sync-folder' };
const write = (at: number, text: string): Event => ({
  what: 'write',
  file,
  at,
  bytes: Buffer.from(text),
});
const resize = (size: number): Event => ({ what: 'resize', file, size });
const LOTS: readonly number[] = Array.from({ length: 200 }, (_, seed) => seed);

const diskAfter = (...events: readonly Event[]): Disk => {
  const disk = createDisk();
  for (const event of events) disk.apply(event);
  return disk;
};

const left = (disk: Disk, fate: Fate): string | undefined =>
  disk.afterPowerCut(fate).get(file)?.toString();

const leftByLot = (disk: Disk): Set<string | undefined> =>
  new Set(LOTS.map((seed) => left(disk, seed)));

describe('after a power cut', () => {
  it('a file that was synced, and its folder too, is there whatever the fate', () => {
    const disk = diskAfter(create, write(0, 'abc'), sync, named);
    for (const fate of ['nothing', 'everything', 'sizes', ...LOTS] as const)
      expect(left(disk, fate)).toBe('abc');
  });

  it('a file whose folder was never synced may have no name', () => {
    const disk = diskAfter(create, write(0, 'abc'), sync);
    expect(left(disk, 'nothing')).toBeUndefined();
    expect(leftByLot(disk)).toEqual(new Set([undefined, 'abc']));
  });

  it('a removed file may be there again, as it was', () => {
    const disk = diskAfter(create, write(0, 'abc'), sync, named, remove, create, write(0, 'x'));
    expect(left(disk, 'nothing')).toBe('abc');
    expect(left(disk, 'everything')).toBe('x');
    expect(leftByLot(disk)).toEqual(new Set(['abc', undefined, 'x', '', '\0']));
  });

  it('a file that took another’s name is one of the two, never none', () => {
    const next: Event = { what: 'create', file: 'next' };
    const written: Event = { what: 'write', file: 'next', at: 0, bytes: Buffer.from('new') };
    const done: Event[] = [
      { what: 'sync', file: 'next' },
      { what: 'rename', file: 'next', to: file },
    ];
    const disk = diskAfter(create, write(0, 'old'), sync, named, next, written, ...done);
    expect(left(disk, 'nothing')).toBe('old');
    expect(left(disk, 'everything')).toBe('new');
    expect(leftByLot(disk)).toEqual(new Set(['old', 'new']));
  });

  it('each unsynced sector has arrived or not, in any order', () => {
    const [a, b] = ['a'.repeat(512), 'b'.repeat(512)];
    const zeros = '\0'.repeat(512);
    const disk = diskAfter(create, named, sync, write(0, a + b));
    expect(left(disk, 'nothing')).toBe('');
    expect(left(disk, 'sizes')).toBe(zeros + zeros);
    const may = [a + b, a, zeros + b, a + zeros, '', zeros + zeros];
    expect(leftByLot(disk)).toEqual(new Set(may));
  });

  it('of two unsynced writes to one sector the older may be the last that arrived', () => {
    const disk = diskAfter(create, write(0, 'old'), sync, named, write(0, 'one'), write(0, 'two'));
    expect(leftByLot(disk)).toEqual(new Set(['old', 'one', 'two']));
  });

  it('a file that was cut short may still be long', () => {
    const disk = diskAfter(create, write(0, 'abcdef'), sync, named, resize(2));
    expect(left(disk, 'nothing')).toBe('abcdef');
    expect(leftByLot(disk)).toEqual(new Set(['abcdef', 'ab']));
  });

  it('the same lot leaves the same disk', () => {
    const disk = diskAfter(create, named, write(0, 'x'.repeat(5000)));
    for (const seed of LOTS) expect(left(disk, seed)).toBe(left(disk, seed));
  });
});
