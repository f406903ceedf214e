// What a candidate brought to InfluxDB: every message that was sent is looked for by its own number.
// Missing and doubled ones are counted as sets are compared; a mere count would let one hide another.
import type { LoadResult } from './load.ts';
import { energyOf, numberOfEnergy } from './lamp-messages.ts';

export interface InfluxAt {
  readonly url: string;
  readonly database: string;
}

/** Messages. */
export interface Comparison {
  readonly found: number;
  /** Acknowledged and not in InfluxDB; lost for good only where nothing more is coming. */
  readonly lost: number;
  /** In InfluxDB more than once. */
  readonly doubled: number;
  /** In InfluxDB and never sent. */
  readonly strange: number;
}

/** Every candidate writes its points so. */
const [MEASUREMENT, FIELD] = ['lamp', 'energy_kwh'];

/** Points that this server took from anyone since its start; costs it nothing. */
export async function pointsTaken(url: string): Promise<number> {
  const response = await fetch(`${url}/debug/vars`);
  const said = (await response.json()) as { write?: { values?: { pointReq?: number } } };
  return said.write?.values?.pointReq ?? 0;
}

/** @param fromNumber of earlier loads on the same database nothing is counted */
export async function countMessages(at: InfluxAt, fromNumber: number): Promise<number> {
  const response = await ask(at, `SELECT count(${FIELD}) FROM ${MEASUREMENT} ${since(fromNumber)}`);
  const [, row = ''] = (await response.text()).split('\n');
  return Number(row.slice(row.lastIndexOf(',') + 1));
}

export async function compareWithInflux(at: InfluxAt, load: LoadResult): Promise<Comparison> {
  const first = load.fromTurn * load.lamps;
  const seen = createSeen(load);
  const query = `SELECT ${FIELD} FROM ${MEASUREMENT} ${since(first)}`;
  const response = await ask(at, query);
  let rest = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const energy = Number(line.slice(line.lastIndexOf(',') + 1));
      if (Number.isFinite(energy) && line.includes(',')) seen.add(numberOfEnergy(energy) - first);
    }
  }
  return seen.comparison();
}

const since = (number: number): string => `WHERE ${FIELD} >= ${energyOf(number)}`;

async function ask({ url, database }: InfluxAt, query: string): Promise<Response> {
  const asked = new URLSearchParams({ db: database, q: query, epoch: 'ns', chunked: 'true' });
  const response = await fetch(`${url}/query?${asked.toString()}`, {
    headers: { accept: 'application/csv' },
  });
  if (!response.ok) throw new Error(`${query}: ${await response.text()}`);
  return response;
}

/** How often each message of a load was seen, by its place in the load. */
export function createSeen({ lamps, turns, unacknowledged, fromTurn }: Sent) {
  const times = new Uint8Array(lamps * turns.reduce((most, each) => Math.max(most, each), 0));
  let strange = 0;
  const wasSent = (place: number): boolean =>
    Number.isInteger(place) &&
    place >= 0 &&
    Math.floor(place / lamps) < (turns[place % lamps] ?? 0);
  return {
    add(place: number): void {
      if (wasSent(place)) times[place] = (times[place] ?? 0) + 1;
      else strange += 1;
    },
    comparison(): Comparison {
      const unanswered = new Set(unacknowledged.map((number) => number - fromTurn * lamps));
      let [found, lost, doubled] = [0, 0, 0];
      for (const [place, count] of times.entries()) {
        if (count > 0) found += 1;
        else if (wasSent(place) && !unanswered.has(place)) lost += 1;
        if (count > 1) doubled += 1;
      }
      return { found, lost, doubled, strange };
    },
  };
}

type Sent = Pick<LoadResult, 'lamps' | 'turns' | 'unacknowledged' | 'fromTurn'>;
