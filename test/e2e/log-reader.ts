// What is really on disk, read after the gateway has let go of it, past everything that it kept in
// memory. Opening its store shows besides that the next gateway could.
import type { LogRecord } from '../../gateway/domain/record.ts';
import { hours } from '../../gateway/domain/time.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';

type Stored<Kind extends LogRecord['kind']> = Extract<LogRecord, { kind: Kind }>;

const AT_ONCE = 10_000;

/** The records of one kind, oldest first, of a store that no gateway holds. */
export async function stored<Kind extends LogRecord['kind']>(
  dir: string,
  kind: Kind,
): Promise<Stored<Kind>[]> {
  const store = await openStore({ dir, rawKeep: hours(1), rawKeepBytes: 1e9 });
  try {
    const found: Stored<Kind>[] = [];
    let cursor = 0;
    while (cursor < store.log.head()) {
      const records = await store.log.readAfter(cursor, AT_ONCE);
      cursor = records.at(-1)?.sequence ?? store.log.head();
      found.push(...records.filter((record): record is Stored<Kind> => record.kind === kind));
    }
    return found;
  } finally {
    await store.close();
  }
}

/** Lamps under load never say the same power twice, so each row names its message. */
export const storedPowers = async (dir: string): Promise<string[]> =>
  (await stored(dir, 'reading'))
    .filter(({ quantity }) => quantity === 'power')
    .map(({ device, value }) => powerRow(device, value));

export const powerRow = (device: string, power: number): string => `${device} ${power.toFixed(3)}`;
