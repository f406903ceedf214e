// The load generator is a witness: what it swears to must be so. Everything in its ledger was heard.
import { expect, it, onTestFinished } from 'vitest';
import { loadDevices, startLoad } from '../../firmware-sim/load.ts';
import { until } from '../tools.ts';
import type { Heard } from './small-broker.ts';
import { smallBroker } from './small-broker.ts';

const rowOf = ({ topic, payload }: Heard): string => {
  const { seq, power } = JSON.parse(payload) as { seq: number; power: number };
  return `${topic.split('/')[2]} ${seq} ${power}`;
};

it('what is acknowledged was heard, each message once in the ledger, across broker deaths', async () => {
  const heard: Heard[] = [];
  // Some are heard and never acknowledged: the broker dies first, or forgets.
  const listen = (message: Heard) => {
    heard.push(message);
    return new Promise<void>((resolve) => setTimeout(resolve, heard.length % 7 === 0 ? 50 : 1));
  };
  let broker = await smallBroker(0, listen);
  onTestFinished(() => broker.die());
  const load = startLoad({ url: broker.url, site: 'luyuan', devices: 5, perSecond: 40 });
  for (const enough of [100, 200, 300, 400]) {
    await until(`${enough} acknowledged`, () => load.ledger().length >= enough);
    await broker.die();
    broker = await smallBroker(broker.port, listen);
  }
  const ledger = await load.stop();

  const rows = ledger.map(({ device, seq, power }) => `${device} ${seq} ${power}`);
  const rowsHeard = new Set(heard.map(rowOf));
  expect(rows.filter((row) => !rowsHeard.has(row))).toEqual([]);
  expect(new Set(rows).size).toBe(rows.length);
  expect(rowsHeard.size).toBe(rows.length);
  // Sent again with the same bytes: never two payloads for one seq.
  expect(new Set(heard.map((each) => each.payload)).size).toBe(rows.length);
  expect(heard.length).toBeGreaterThan(rows.length);
});

it('sends anew what the library gave up, and swears to nothing before its acknowledgement', async () => {
  const never = () => new Promise<void>(() => undefined);
  const first = await smallBroker(0, never);
  const load = startLoad({ url: first.url, site: 'luyuan', devices: 1, perSecond: 100 });
  await until('some are in flight', () => first.heard.length > 0 && load.outstanding() > 5);
  await first.die();
  // The second dies while the library is still at what was in flight when the first did.
  const second = await smallBroker(first.port, never);
  await until('it hears one again', () => second.heard.length > 0);
  const before = load.outstanding();
  await until('new ones wait behind it', () => load.outstanding() > before + 20);
  await second.die();
  expect(load.ledger()).toEqual([]);

  const third = await smallBroker(first.port);
  onTestFinished(() => third.die());
  const rows = (await load.stop(10_000)).map(
    ({ device, seq, power }) => `${device} ${seq} ${power}`,
  );
  const heard = third.heard.map(rowOf);
  expect(new Set(heard)).toEqual(new Set(rows));
  expect(rows.length).toBeGreaterThan(before + 20);
});

it('numbers each device’s messages without a gap, and wraps after 65535', async () => {
  const broker = await smallBroker();
  onTestFinished(() => broker.die());
  const load = startLoad({
    url: broker.url,
    site: 'luyuan',
    devices: 2,
    perSecond: 100,
    firstSeq: 65_530,
  });
  await until('a wrap is seen', () => load.ledger().length >= 40);
  const seqs = (await load.stop())
    .filter(({ device }) => device === loadDevices(2)[1])
    .map(({ seq }) => seq);
  expect(seqs.slice(0, 8)).toEqual([65_530, 65_531, 65_532, 65_533, 65_534, 65_535, 0, 1]);
});

it('keeps the rate that it was asked for', async () => {
  const broker = await smallBroker();
  onTestFinished(() => broker.die());
  const began = performance.now();
  const load = startLoad({ url: broker.url, site: 'luyuan', devices: 20, perSecond: 5 });
  await until('two hundred messages', () => load.ledger().length >= 200);
  const perSecond = 200 / ((performance.now() - began) / 1000);
  expect(perSecond).toBeGreaterThan(75);
  expect(perSecond).toBeLessThan(125);
  const rows = await load.stop();
  expect(new Set(rows.map(({ power }) => power)).size).toBe(rows.length);
  expect(new Set(rows.map(({ device }) => device))).toEqual(new Set(loadDevices(20)));
});

it('says so where messages stay unacknowledged', async () => {
  const broker = await smallBroker(0, () => new Promise(() => undefined));
  onTestFinished(() => broker.die());
  const load = startLoad({ url: broker.url, site: 'luyuan', devices: 1, perSecond: 50 });
  await until('it waits', () => load.outstanding() > 3);
  await expect(load.stop(100)).rejects.toThrow('were never acknowledged');
  expect(load.ledger()).toEqual([]);
});
