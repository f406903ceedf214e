// A yard of lamps that say nothing twice, and three places where a message of theirs is looked for:
// the sensors' own ledger of acknowledgements, the log on the disk, and InfluxDB.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadDevices, type Acknowledged, type Load } from '../../firmware-sim/load.ts';
import type { LogRecord } from '../../gateway/domain/record.ts';
import { DATABASE, openConnection } from '../../gateway/store/connection.ts';
import type { Influxd } from '../influxd.ts';
import { until } from '../tools.ts';
import type { GatewayProcess } from './gateway-process.ts';
import { powerRow, stored } from './log-reader.ts';

/** One message as it was found: what it said, and the moment and sequence that it was given. */
export interface Row {
  readonly words: string;
  /** Nanoseconds since 1970, of which the last six digits are the message's sequence. */
  readonly stamp: string;
}

export async function rowsInLog(gateway: GatewayProcess): Promise<Row[]> {
  const readings = await stored(`${gateway.dir}/store`, 'reading');
  return readings
    .filter(({ quantity }) => quantity === 'power')
    .map((reading) => ({
      words: powerRow(reading.device, reading.value),
      stamp: stampOf(reading),
    }))
    .sort(byWords);
}

export async function rowsInInflux(influx: Influxd): Promise<Row[]> {
  const rows = await influx.query('courtyard', 'SELECT power_w, asset FROM lamp');
  return rows
    .map((row) => ({
      words: powerRow(row['asset'] ?? '', Number(row['power_w'])),
      stamp: row['time'] ?? '',
    }))
    .sort(byWords);
}

const stampOf = ({ observedAt, sequence, part }: Extract<LogRecord, { kind: 'reading' }>) =>
  `${observedAt}${String((sequence - part) % 1e6).padStart(6, '0')}`;

const byWords = (a: Row, b: Row): number => (a.words < b.words ? -1 : 1);

/** Messages that are there more than once. */
export function doubled(rows: readonly Row[]): string[] {
  const seen = new Set<string>();
  return rows.filter(({ words }) => seen.size === seen.add(words).size).map(({ words }) => words);
}

/** Acknowledged, and not there. */
export function missing(ledger: readonly Acknowledged[], rows: readonly Row[]): string[] {
  const held = new Set(rows.map(({ words }) => words));
  return ledger.map(({ device, power }) => powerRow(device, power)).filter((row) => !held.has(row));
}

/**
 * Every row of the log of a gateway that was killed, as text, in order. Read from a copy: what lies
 * in the journal is for the next gateway to find.
 */
export function logAsKilled(gateway: GatewayProcess): string[] {
  const copy = mkdtempSync(path.join(tmpdir(), 'courtyard-killed-'));
  for (const file of [DATABASE, `${DATABASE}-wal`])
    cpSync(path.join(gateway.dir, 'store', file), path.join(copy, file));
  const db = openConnection(path.join(copy, DATABASE), 'write');
  const rows = db.prepare('SELECT * FROM log ORDER BY sequence').all();
  db.close();
  rmSync(copy, { recursive: true });
  return rows.map((row) => JSON.stringify(row));
}

export function acknowledgedMore(load: Load, count: number): Promise<void> {
  const before = load.ledger().length;
  const what = `${count} more are acknowledged`;
  return until(what, () => load.ledger().length >= before + count, 60_000);
}

export function influxHolds(influx: Influxd, count: number): Promise<void> {
  const asked = 'SELECT count(power_w) FROM lamp';
  const held = async (): Promise<number> =>
    Number((await influx.query('courtyard', asked))[0]?.['count'] ?? 0);
  return until(`InfluxDB holds ${count}`, async () => (await held()) >= count, 60_000);
}

export function yardOf(devices: number, influxUrl: string): string {
  const lamps = loadDevices(devices);
  return `version: 1
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
http: { port: HTTP_PORT }
store: { dir: DIR/store }
influx: { url: "${influxUrl}", database: courtyard }
sources:
  - { id: broker, kind: mqtt-broker, host: 127.0.0.1, port: MQTT_PORT }
circuits:
  - { id: c1, name: Circuit, lamps: [${lamps.map((id) => `{ id: ${id}, name: ${id}, nominalW: 30 }`).join(', ')}] }
devices:
${lamps.map((id) => `  - { id: ${id}, source: broker, decoder: courtyard-json, asset: ${id} }`).join('\n')}
rules: []
`;
}
