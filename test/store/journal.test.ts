// The journal beside the database stays small: no question may hold a moment of it open.
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
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
