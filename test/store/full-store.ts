// A store with a little of everything in it, for tests that break it.
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { temporaryFolder } from '../tools.ts';
import { alarm, at, reading, settingsFor, stepCommit, ticket } from './entries.ts';

export const FULL_STORE_READINGS = 6000;

/** A store with a little of everything, closed in order; the value of each reading is its place. */
export async function fullStore(): Promise<string> {
  const dir = temporaryFolder();
  const store = await openStore(settingsFor(dir));
  for (let first = 0; first < FULL_STORE_READINGS; first += 500) {
    await store.log.append(
      Array.from({ length: 500 }, (_, index) => {
        const moment = at((first + index) * 1000);
        return reading({ value: first + index, observedAt: moment, receivedAt: moment });
      }),
    );
  }
  await store.step.save(
    stepCommit({
      cursor: FULL_STORE_READINGS,
      puts: Array.from({ length: 50 }, (_, index) => [`slice-${index}`, `{"n":${index}}`] as const),
      alarms: Array.from({ length: 20 }, (_, index) => alarm({ id: `a${index}` })),
      tickets: Array.from({ length: 60 }, (_, index) => ticket({ id: `t${index}`, number: index })),
    }),
  );
  await store.cursors.move('influx', FULL_STORE_READINGS - 10);
  await store.tidy();
  await store.close();
  return dir;
}
