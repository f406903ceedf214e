// Whoever changes what was done is found out, and where.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { NO_ENTRIES } from '../../gateway/store/audit-chain.ts';
import { checkAudit } from '../../gateway/store/audit-check.ts';
import { DATABASE } from '../../gateway/store/connection.ts';
import type { Store } from '../../gateway/store/log.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { tripped } from '../contract/evidence.ts';
import { temporaryFolder } from '../tools.ts';
import { at, done, settingsFor, stepCommit } from './entries.ts';

const FIVE = [1, 2, 3, 4, 5].map((n) => done(n, { words: `word number ${n}` }));

/** A store that was closed, with five entries in its chain. */
async function chainOfFive(): Promise<{ dir: string; file: string; head: string }> {
  const dir = temporaryFolder();
  const store = await openStore(settingsFor(dir));
  await store.step.save(stepCommit({ audit: FIVE.slice(0, 2) }));
  await store.step.save(stepCommit({ audit: FIVE.slice(2) }));
  const { hash } = await store.audit.head();
  await store.close();
  return { dir, file: path.join(dir, DATABASE), head: hash };
}

/** What somebody with the database’s file and a SQLite shell can do. */
function tamper(file: string, sql: string): void {
  const db = new DatabaseSync(file);
  for (const name of ['audit_stays', 'audit_remains']) db.exec(`DROP TRIGGER ${name}`);
  db.exec(sql);
  db.close();
}

/** The head that a chain had after so many entries. */
async function headAfter(dir: string, entries: number) {
  const store = await openStore(settingsFor(dir));
  const rows = await store.audit.entries({ limit: 9 });
  await store.close();
  return { entries, hash: rows.find(({ number }) => number === entries)?.hash ?? '' };
}

describe('the audit chain, checked', () => {
  it('is whole as it was written, also while the gateway goes on writing', async () => {
    const dir = temporaryFolder();
    const store: Store = await openStore(settingsFor(dir));
    expect(checkAudit(dir)).toEqual({ head: NO_ENTRIES, breaks: [] });
    await store.step.save(stepCommit({ audit: FIVE }));
    expect(checkAudit(dir)).toEqual({ head: await store.audit.head(), breaks: [] });
    await store.close();
    expect(checkAudit(dir).breaks).toEqual([]);
  });

  it('goes on after a start, and is whole across it', async () => {
    const { dir } = await chainOfFive();
    const store = await openStore(settingsFor(dir));
    await store.step.save(stepCommit({ audit: [done(5), done(6)] }));
    await store.close();
    expect(checkAudit(dir)).toMatchObject({ head: { entries: 6 }, breaks: [] });
  });

  it('with one byte of the file changed is found broken, and where', async () => {
    const { dir, file } = await chainOfFive();
    const bytes = readFileSync(file);
    const place = bytes.indexOf('word number 3');
    expect([place > 0, bytes.indexOf('word number 3', place + 1)]).toEqual([true, -1]);
    bytes[place] = 'W'.charCodeAt(0);
    writeFileSync(file, bytes);
    const { breaks, head } = checkAudit(dir);
    expect(breaks).toMatchObject([{ kind: 'changed', number: 3, at: at(3) }]);
    expect(head.entries).toBe(5);
  });

  it.each([
    ['person', "'zhang'"],
    ['at', 'at + 1'],
    ['became', 'NULL'],
    ['detail', "'{}'"],
    ['sequence', '99'],
    ['place', '7'],
    ['hash', 'zeroblob(32)'],
  ])('with another %s in an entry is found broken there', async (column, value) => {
    const { dir, file } = await chainOfFive();
    tamper(file, `UPDATE audit SET ${column} = ${value} WHERE number = 2`);
    expect(checkAudit(dir).breaks[0]).toMatchObject({ kind: 'changed', number: 2 });
  });

  it('from which an entry was taken is found broken there, though the numbers be closed up', async () => {
    const { dir, file } = await chainOfFive();
    tamper(file, 'DELETE FROM audit WHERE number = 3');
    expect(checkAudit(dir).breaks[0]).toMatchObject({
      kind: 'missing',
      number: 3,
      expected: 'entry 3',
      found: 'entry 4',
    });
    tamperMore(file, 'UPDATE audit SET number = number - 1 WHERE number > 3');
    expect(checkAudit(dir).breaks[0]).toMatchObject({ kind: 'changed', number: 3 });
  });

  it('of which two entries changed places is found broken at the first of them', async () => {
    const { dir, file } = await chainOfFive();
    tamper(
      file,
      `UPDATE audit SET number = 99 WHERE number = 2; UPDATE audit SET number = 2 WHERE number = 3;
       UPDATE audit SET number = 3 WHERE number = 99`,
    );
    expect(checkAudit(dir).breaks[0]).toMatchObject({ kind: 'changed', number: 2 });
  });

  it('without its end is whole by itself, and found out by a head that was written down', async () => {
    const { dir, file, head } = await chainOfFive();
    const kept = await headAfter(dir, 3);
    tamper(file, 'DELETE FROM audit WHERE number > 3');
    expect(checkAudit(dir).breaks).toEqual([]);
    expect(checkAudit(dir, [kept]).breaks).toEqual([]);
    expect(checkAudit(dir, [{ entries: 5, hash: head }]).breaks).toMatchObject([
      { kind: 'cut', number: 5, expected: head },
    ]);
  });

  it('that was made anew is found out by a head that was written down', async () => {
    const { dir } = await chainOfFive();
    const other = temporaryFolder();
    const store = await openStore(settingsFor(other));
    await store.step.save(stepCommit({ audit: FIVE.map((one) => ({ ...one, by: 'nobody' })) }));
    await store.close();
    const kept = await headAfter(dir, 4);
    expect(checkAudit(other).breaks).toEqual([]);
    expect(checkAudit(other, [kept]).breaks).toMatchObject([{ kind: 'rewritten', number: 4 }]);
  });

  it('is refused by the database itself to be changed, as evidence is that is whole', async () => {
    const { file, dir } = await chainOfFive();
    const { due: _, ...whole } = tripped('A1');
    const store = await openStore(settingsFor(dir));
    await store.step.save(stepCommit({ evidence: [whole] }));
    await store.close();
    const db = new DatabaseSync(file);
    for (const statement of [
      'UPDATE audit SET words = NULL',
      'DELETE FROM audit',
      'UPDATE evidence SET body = 0',
      'DELETE FROM evidence',
    ])
      expect(() => db.exec(statement)).toThrow(/is never/);
    db.close();
  });

  it('of a store that is not there is a fault', () => {
    expect(() => checkAudit(temporaryFolder())).toThrow(/there is no store/);
  });
});

function tamperMore(file: string, sql: string): void {
  const db = new DatabaseSync(file);
  db.exec(sql);
  db.close();
}
