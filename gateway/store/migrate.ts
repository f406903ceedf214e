// The thread that brings a store up to this version's format, and ends. All migrations that are
// due run in one transaction: an upgrade has happened wholly or not at all.
import { workerData } from 'node:worker_threads';
import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { openConnection } from './connection.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { sqliteDialect } from './sqlite-dialect.ts';

const connection = openConnection((workerData as { file: string }).file, 'write');
const migrator = new Migrator({
  db: new Kysely({ dialect: sqliteDialect(connection) }),
  provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) },
  migrationTableName: 'migrations',
  migrationLockTableName: 'migrations_lock',
});
const { error } = await migrator.migrateToLatest();
connection.close();
if (error !== undefined) throw error;
