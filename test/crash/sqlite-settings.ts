// Loaded before the gateway of the crash tests, in each of its threads: lets SQLite fold its journal
// in and cut it short many times in a short run, and, where a test asks for it, waits for the disk
// less than the store believes. The store itself would refuse to start with less.
import { DatabaseSync } from 'node:sqlite';

const { exec, prepare } = DatabaseSync.prototype;
const isWeak = process.env['CRASH_SYNCHRONOUS'] === 'NORMAL';

const OFTEN: readonly (readonly [told: RegExp, done: string])[] = [
  [/(wal_autocheckpoint) = \d+/, '$1 = 40'],
  [/(journal_size_limit) = \d+/, '$1 = 40960'],
];
const WEAKLY: typeof OFTEN = [
  [/^PRAGMA synchronous = FULL$/, 'PRAGMA synchronous = NORMAL'],
  [/^PRAGMA synchronous$/, 'SELECT 2 AS synchronous'],
];

const altered = (sql: string): string =>
  [...OFTEN, ...(isWeak ? WEAKLY : [])].reduce((so, [told, done]) => so.replace(told, done), sql);

DatabaseSync.prototype.exec = function (sql) {
  exec.call(this, altered(sql));
};
DatabaseSync.prototype.prepare = function (sql, ...more) {
  return prepare.call(this, altered(sql), ...more);
};
