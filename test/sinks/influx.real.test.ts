// Against a real influxd: what is in it afterwards, compared as sets with what was delivered.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LogRecord } from '../../gateway/domain/record.ts';
import { seconds } from '../../gateway/domain/time.ts';
import { createInfluxSink } from '../../gateway/sinks/influx.ts';
import { createInfluxDatabase } from '../../gateway/sinks/influx-database.ts';
import type { Sink } from '../../gateway/sinks/sink.ts';
import type { HttpPost } from '../../gateway/ops/http-post.ts';
import { losingProxy } from './losing-proxy.ts';
import { wayOut } from './way-out.ts';
import { startInfluxd } from '../influxd.ts';
import type { Influxd } from '../influxd.ts';
import { freePort, has } from '../tools.ts';
import { NOON, bin, compoundOf, derivedOf, kiosk, readingOf } from './kiosk.ts';

const NS = `${NOON}000000`.slice(0, -6);

describe.skipIf(!has('influxd'))('a copy in InfluxDB', () => {
  let influxd: Influxd;
  let databases = 0;
  beforeAll(async () => {
    influxd = await startInfluxd();
  });
  afterAll(() => influxd.discard());

  const sinkInto = (database: string, parts = {}): Sink =>
    createInfluxSink(
      { url: influxd.url, database, timeout: seconds(2) },
      { compound: kiosk, out: wayOut(), ...parts },
    );
  const newDatabase = (): string => `courtyard_${(databases += 1)}`;
  /** Every field of every point: measurement, tags, time, name, value. */
  const held = async (database: string): Promise<string[]> => {
    const rows = await influxd.query(database, 'SELECT * FROM /.*/');
    return rows.map((row) => JSON.stringify(row)).sort();
  };

  it('has a database of its own made at first contact', async () => {
    const database = newDatabase();
    expect(await sinkInto(database).deliver([readingOf(1)])).toEqual({ kind: 'accepted' });
    const [row] = await influxd.query(database, 'SELECT * FROM bin');
    expect(row).toMatchObject({
      time: `${NS}000001`,
      asset: 'k1-wet',
      site: 'luyuan',
      station: 'k1',
      stream: 'wet',
      fill_ratio: '0.5',
    });
  });

  it('holds floats only, whole numbers too', async () => {
    const database = newDatabase();
    await sinkInto(database).deliver([readingOf(1, { quantity: 'volume', value: 104_522 })]);
    expect(await influxd.query(database, 'SHOW FIELD KEYS')).toMatchObject([
      { fieldKey: 'volume_l', fieldType: 'float' },
    ]);
  });

  it('holds exactly what was delivered, and the same again after it was sent again', async () => {
    const database = newDatabase();
    const sink = sinkInto(database);
    const records = Array.from({ length: 2000 }, (_, index) =>
      readingOf(index + 1, { asset: index % 2 === 0 ? 'k1-wet' : 'k1-dry', value: index / 2000 }),
    );
    expect(await sink.deliver(records)).toEqual({ kind: 'accepted' });
    const once = await held(database);
    const points = await influxd.query(database, 'SELECT asset, fill_ratio FROM bin');
    expect(
      new Set(points.map((row) => `${row['asset']} ${row['time']} ${row['fill_ratio']}`)),
    ).toEqual(
      new Set(
        records.map((record) => {
          const stamp = `${NS}${String(record.sequence).padStart(6, '0')}`;
          return `${record.asset} ${stamp} ${record.value}`;
        }),
      ),
    );
    await sink.deliver(records);
    await sink.deliver(records.slice(700, 900));
    expect(await held(database)).toEqual(once);
  });

  it('keeps two readings of one millisecond two, and one message one', async () => {
    const database = newDatabase();
    await sinkInto(database).deliver([
      readingOf(1, { quantity: 'gross', value: 31.2 }),
      readingOf(2, { quantity: 'gross', value: 31.3 }),
      readingOf(3, { quantity: 'battery', value: 3.6, part: 1 }),
      derivedOf(4, { origin: 2, quantity: 'net', value: 17.1 }),
    ]);
    const rows = await influxd.query(database, 'SELECT gross_kg, battery_v, net_kg FROM bin');
    expect(
      rows.map(({ time, gross_kg, battery_v, net_kg }) => [time, gross_kg, battery_v, net_kg]),
    ).toEqual([
      [`${NS}000001`, '31.2', '', ''],
      [`${NS}000002`, '31.3', '3.6', '17.1'],
    ]);
  });

  it('does not double what arrived while its answer was lost', async () => {
    const database = newDatabase();
    const out = wayOut();
    const losing: HttpPost = {
      ...out,
      async post(...posting) {
        await out.post(...posting);
        throw new Error('socket hang up');
      },
    };
    await sinkInto(database).deliver([readingOf(1)]);
    expect(await sinkInto(database, { out: losing }).deliver([readingOf(2)])).toEqual({
      kind: 'keep',
      why: 'socket hang up',
    });
    await sinkInto(database).deliver([readingOf(2)]);
    expect(await held(database)).toHaveLength(2);
  });

  it('is equal after a proxy has lost every other answer', async () => {
    const database = newDatabase();
    await sinkInto(database).deliver([readingOf(1)]);
    const proxy = await losingProxy(influxd.url);
    const place = { url: proxy.url, database, timeout: seconds(2) };
    const sink = createInfluxSink(place, { compound: kiosk, out: wayOut() });
    const records = Array.from({ length: 300 }, (_, index) => readingOf(index + 1));
    const lost: unknown[] = [];
    for (let from = 0; from < records.length;) {
      const delivery = await sink.deliver(records.slice(from, from + 50));
      if (delivery.kind === 'accepted') from += 50;
      else lost.push(delivery);
    }
    expect(lost).toContainEqual({ kind: 'keep', why: 'socket hang up' });
    expect(proxy.lost()).toBeGreaterThan(4);
    expect(await held(database)).toHaveLength(300);
  });

  it('parks the one field of another type and holds all beside it', async () => {
    const database = newDatabase();
    const sink = sinkInto(database);
    await sink.deliver([readingOf(1)]);
    await influxd.write(database, `bin,asset=other gross_kg="heavy" ${NS}000000`);
    const records: LogRecord[] = Array.from({ length: 40 }, (_, index) => readingOf(index + 2));
    records.push(readingOf(42), readingOf(43, { part: 1, quantity: 'gross', value: 31.2 }));
    records.push(...Array.from({ length: 20 }, (_, index) => readingOf(index + 44)));
    const delivery = await sink.deliver(records);
    expect(delivery).toMatchObject({ kind: 'parked', parked: [{ sequence: 43 }] });
    expect(delivery.kind === 'parked' && delivery.parked[0]?.words).toContain(
      'field type conflict',
    );
    const rows = await influxd.query(database, 'SELECT fill_ratio FROM bin');
    expect(rows.map(({ time }) => Number(time?.slice(-6)))).toEqual(
      [1, ...records.map(({ sequence }) => sequence)].filter((sequence) => sequence !== 43),
    );
  });

  it('holds awkward names as they are', async () => {
    const database = newDatabase();
    const ids = ['a,b', 'a b', 'a=b', 'a\\b', 'a\\\\b', '"ab"', '桶 1'];
    const sink = sinkInto(database, { compound: compoundOf(...ids.map((id) => bin(id))) });
    const records = ids.map((id, index) => readingOf(1, { asset: id, value: index }));
    expect(await sink.deliver(records)).toEqual({ kind: 'accepted' });
    const rows = await influxd.query(database, 'SELECT asset, fill_ratio FROM bin');
    expect(new Map(rows.map(({ asset, fill_ratio }) => [asset, Number(fill_ratio)]))).toEqual(
      new Map(ids.map((id, index) => [id, index])),
    );
  });

  it('makes its database anew when someone drops it', async () => {
    const database = newDatabase();
    const sink = sinkInto(database);
    await sink.deliver([readingOf(1)]);
    await influxd.query(database, `DROP DATABASE ${database}`);
    expect(await sink.deliver([readingOf(2)])).toEqual({ kind: 'accepted' });
    expect(await held(database)).toHaveLength(1);
  });

  it('answers the engineer’s ping with its version', async () => {
    const place = { database: 'x', timeout: seconds(1) };
    expect(await createInfluxDatabase({ ...place, url: influxd.url }).ping()).toMatchObject({
      kind: 'answered',
      version: expect.stringMatching(/^1\.|^v?1/),
    });
    const nobody = `http://127.0.0.1:${await freePort()}`;
    expect(await createInfluxDatabase({ ...place, url: nobody }).ping()).toEqual({
      kind: 'silent',
    });
  });

  it('keeps the batch through a hang and a restart, and holds it once', async () => {
    const database = newDatabase();
    const sink = sinkInto(database);
    await sink.deliver([readingOf(1)]);
    await influxd.pause();
    expect(await sink.deliver([readingOf(2)])).toEqual({
      kind: 'keep',
      why: 'no answer within 2s',
    });
    influxd.resume();
    await influxd.stop();
    expect(await sink.deliver([readingOf(2)])).toMatchObject({ kind: 'keep' });
    await influxd.restart();
    expect(await sink.deliver([readingOf(2)])).toEqual({ kind: 'accepted' });
    expect(await held(database)).toHaveLength(2);
  });
});

describe.skipIf(!has('influxd'))('an InfluxDB with narrow doors', () => {
  let influxd: Influxd;
  beforeAll(async () => {
    influxd = await startInfluxd({ http: 'max-body-size = 4096' });
  });
  afterAll(() => influxd.discard());

  it('gets a batch that is too large for it in pieces', async () => {
    const place = { url: influxd.url, database: 'narrow', timeout: seconds(2) };
    const sink = createInfluxSink(place, { compound: kiosk, out: wayOut() });
    await sink.deliver([readingOf(1)]);
    const records = Array.from({ length: 500 }, (_, index) => readingOf(index + 1));
    expect(await sink.deliver(records)).toEqual({ kind: 'accepted' });
    const rows = await influxd.query('narrow', 'SELECT fill_ratio FROM bin');
    expect(rows).toHaveLength(500);
  });
});

describe.skipIf(!has('influxd'))('an InfluxDB that asks for names', () => {
  let influxd: Influxd;
  beforeAll(async () => {
    influxd = await startInfluxd({ http: 'auth-enabled = true' });
  });
  afterAll(() => influxd.discard());

  it('has its words kept with the batch, for a stranger and for one without the right', async () => {
    const ask = (q: string) =>
      fetch(`${influxd.url}/query?u=root&p=secret`, {
        method: 'POST',
        body: new URLSearchParams({ q }),
      });
    await ask("CREATE USER root WITH PASSWORD 'secret' WITH ALL PRIVILEGES");
    await ask('CREATE DATABASE shut');
    await ask("CREATE USER reader WITH PASSWORD 'secret'");
    await ask('GRANT READ ON shut TO reader');
    const deliveryOf = (who: { username?: string; password?: string }) =>
      createInfluxSink(
        { url: influxd.url, database: 'shut', timeout: seconds(2), ...who },
        { compound: kiosk, out: wayOut() },
      ).deliver([readingOf(1)]);
    expect(await deliveryOf({})).toMatchObject({
      kind: 'keep',
      why: expect.stringMatching(/^401: .*credentials/),
    });
    expect(await deliveryOf({ username: 'root', password: 'revoked' })).toMatchObject({
      kind: 'keep',
      why: expect.stringMatching(/^401: authorization failed/),
    });
    expect(await deliveryOf({ username: 'reader', password: 'secret' })).toMatchObject({
      kind: 'keep',
      why: expect.stringMatching(/^403: .*not authorized to write/),
    });
    expect(await deliveryOf({ username: 'root', password: 'secret' })).toEqual({
      kind: 'accepted',
    });
  });
});
