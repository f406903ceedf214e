// The thread that brings a store up to this version's format, and ends. All migrations that are
// due run in one transaction: an upgrade has happened wholly or not at all. The transaction is ours,
// as kysely holds that SQLite has none for tables, and would commit them one by one.
import { workerData } from 'node:worker_threads';
import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { openConnection } from './connection.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { sqliteDialect } from './sqlite-dialect.ts';

/** `upTo`: the number of an older format, where the database is to have that one. */
const { file, upTo } = workerData as { readonly file: string; readonly upTo?: number };
const connection = openConnection(file, 'write');
const migrator = new Migrator({
  db: new Kysely({ dialect: sqliteDialect(connection) }),
  provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) },
  migrationTableName: 'migrations',
  migrationLockTableName: 'migrations_lock',
});
const nameOf = (version: number): string =>
  Object.keys(MIGRATIONS).findLast((name) => Number.parseInt(name, 10) <= version) ?? '';
connection.exec('BEGIN IMMEDIATE');
const { error } = await (upTo === undefined
  ? migrator.migrateToLatest()
  : migrator.migrateTo(nameOf(upTo)));
if (error === undefined) connection.exec('COMMIT');
connection.close(); // takes back what was not committed
if (error !== undefined) throw error;
