// The journal beside the database stays small: no question may hold a moment of it open.
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, it, onTestFinished } from 'vitest';
import { minutes, seconds } from '../../gateway/domain/time.ts';
import { DATABASE } from '../../gateway/store/connection.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { temporaryFolder } from '../tools.ts';
import { NOON, at, reading, settingsFor } from './entries.ts';

it('the journal is used over and over, whatever was asked before, and gone after closing', async () => {
  const dir = temporaryFolder();
  const wal = path.join(dir, `${DATABASE}-wal`);
  const store = await openStore(settingsFor(dir));
  onTestFinished(() => store.close());
  const append = (from: number) =>
    store.log.append(
      Array.from({ length: 4000 }, (_, index) =>
        reading({ receivedAt: at((from + index) * 1000) }),
      ),
    );
  for (let from = 0; from < 800_000; from += 4000) {
    await append(from);
    if (from !== 40_000) continue;
    expect(await store.log.recent(minutes(1))).toHaveLength(61);
    await store.step.load();
    await store.books.series({
      asset: 'k1-wet',
      quantity: 'distance',
      from: NOON,
      to: at(1),
      step: seconds(60),
    });
  }
  expect(statSync(wal).size).toBeLessThan(24 * 1024 * 1024);
  await store.close();
  expect(existsSync(wal)).toBe(false);
}, 60_000);

/** Somebody who reads all the time: a new moment is always begun before the last one is let go. */
const READS_WITHOUT_A_PAUSE = `
  const { DatabaseSync } = require('node:sqlite');
  const { workerData } = require('node:worker_threads');
  const pause = new Int32Array(new SharedArrayBuffer(4));
  const readers = [0, 1].map(() => new DatabaseSync(workerData, { readOnly: true }));
  for (let turn = 0; ; turn += 1) {
    const reader = readers[turn % 2];
    if (turn > 1) reader.exec('COMMIT');
    reader.exec('BEGIN');
    reader.prepare('SELECT max(sequence) FROM log').get();
    Atomics.wait(pause, 0, 0, 20);
  }`;

it('the journal stays under 64 MB while somebody reads without a pause', async () => {
  const dir = temporaryFolder();
  const store = await openStore({ ...settingsFor(dir), rawKeepBytes: 1e9 });
  onTestFinished(() => store.close());
  const file = path.join(dir, DATABASE);
  const reader = new Worker(READS_WITHOUT_A_PAUSE, { eval: true, workerData: file });
  onTestFinished(async () => void (await reader.terminate()));
  const raw = [{ index: 0, bytes: new Uint8Array(100_000) }];
  let largest = 0;
  for (let group = 0; group < 1200; group += 1) {
    await store.log.append([reading({ doubt: 'jump' })], raw);
    largest = Math.max(largest, statSync(`${file}-wal`).size);
  }
  expect(largest).toBeGreaterThan(30 * 1024 * 1024);
  expect(largest).toBeLessThan(64 * 1024 * 1024);
}, 120_000);
