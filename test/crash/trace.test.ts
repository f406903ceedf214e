// How system calls, as strace writes them, become the order of what happened.
import { describe, expect, it } from 'vitest';
import { eventsOf } from './trace.ts';

const PLACES = { folder: '/s/store', ledger: '/s/ledger' };
const hex = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
const db = (fd: number, side = ''): string => `${fd}<${hex(`/s/store/courtyard.db${side}`)}>`;
const said = (text: string): string => `write(3<${hex('/s/ledger')}>, "${hex(text)}", 9`;
const eventsIn = (...lines: readonly string[]) => eventsOf(lines.join('\n'), PLACES);

describe('a trace of system calls', () => {
  it('tells what was made, written, cut, synced and removed', () => {
    const wal = hex('/s/store/courtyard.db-wal');
    const file = 'courtyard.db-wal';
    expect(
      eventsIn(
        `7 openat(AT_FDCWD<${hex('/s')}>, "${wal}", O_RDWR|O_CREAT|O_CLOEXEC, 0600) = ${db(8, '-wal')}`,
        `7 pwrite64(${db(8, '-wal')}, "${hex('abc')}", 3, 4096) = 3`,
        `7 pwrite64(${db(8, '-wal')}, "${hex('abc')}", 3, 0) = -1 EIO (Input/output error)`,
        `7 ftruncate(${db(8, '-wal')}, 32) = 0`,
        `7 fdatasync(${db(8, '-wal')}) = 0`,
        `7 fsync(9<${hex('/s/store')}>) = 0`,
        `7 unlink("${wal}") = 0`,
      ),
    ).toEqual([
      { what: 'create', file },
      { what: 'write', file, at: 4096, bytes: Buffer.from('abc') },
      { what: 'resize', file, size: 32 },
      { what: 'sync', file },
      { what: 'sync-folder' },
      { what: 'remove', file },
    ]);
  });

  it('counts a promise from its beginning, and a sync from its end', () => {
    expect(
      eventsIn(
        `7 fsync(${db(8)} <unfinished ...>`,
        `6 ${said('{"said":"moved","to":3}')} <unfinished ...>`,
        `7 <... fsync resumed>) = 0`,
        `6 <... write resumed>) = 9`,
      ).map(({ what }) => what),
    ).toEqual(['said', 'sync']);
  });

  it('places what is written without a place, and knows a file by its new name', () => {
    const made = hex('/s/store/sequence.new');
    const file = 'sequence.new';
    expect(
      eventsIn(
        `7 openat(AT_FDCWD<${hex('/s')}>, "${made}", O_WRONLY|O_CREAT|O_TRUNC, 0600) = 8<${made}>`,
        `7 write(8<${made}>, "${hex('ab')}", 2) = 2`,
        `7 write(8<${made}>, "${hex('c')}", 1) = 1`,
        `7 rename("${made}", "${hex('/s/store/sequence')}") = 0`,
      ),
    ).toEqual([
      { what: 'create', file },
      { what: 'resize', file, size: 0 },
      { what: 'write', file, at: 0, bytes: Buffer.from('ab') },
      { what: 'write', file, at: 2, bytes: Buffer.from('c') },
      { what: 'rename', file, to: 'sequence' },
    ]);
  });

  it('leaves other files and other writes out', () => {
    expect(
      eventsIn(
        `7 pwrite64(${db(8, '-shm')}, "${hex('a')}", 1, 0) = 1`,
        `7 write(1<pipe:[1]>, "${hex('a')}", 1) = 1`,
        `7 fsync(8<${hex('/s/store/lock.db')}>) = 0`,
      ),
    ).toEqual([]);
  });

  it('refuses what the model of the disk cannot play', () => {
    const cut = `7 pwrite64(${db(8)}, "${hex('a')}"..., 99999, 0) = 99999`;
    const moved = `7 rename("${hex('/s/store/courtyard.db')}", "${hex('/s/x')}") = 0`;
    const begun = `7 pwrite64(${db(8)}, "${hex('a')}", 1, 0 <unfinished ...>`;
    for (const lines of [[cut], [moved], [begun, `6 fsync(${db(8)}) = 0`]])
      expect(() => eventsIn(...lines)).toThrow(/does not know|at once/);
  });
});
