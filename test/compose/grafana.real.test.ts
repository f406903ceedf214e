// Every panel's query, asked of a real InfluxDB that holds what the gateway itself writes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QUANTITIES, type Quantity } from '../../gateway/domain/quantity.ts';
import type { Recorded, ReadingEntry } from '../../gateway/domain/record.ts';
import { earlier, instant, minutes } from '../../gateway/domain/time.ts';
import { lineOf, pointsOf, seriesNames } from '../../gateway/sinks/line-protocol.ts';
import { loadSite } from '../../gateway/site/load.ts';
import { DECODERS } from '../../gateway/decode/index.ts';
import { startInfluxd, type Influxd } from '../influxd.ts';
import { has } from '../tools.ts';
import { asSent, boards, targetsOf } from './boards.ts';

const NOW = instant(Date.now());
const ASSETS = ['k1-wet', 'k1-scale', 'lamp-01', 'water-main'];
const SITE = `version: 1
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
stations:
  - id: k1
    name: Station
    bins: [{ id: k1-wet, stream: wet, position: 1, volumeL: 240, emptyMm: 1000, fullMm: 200 }]
    scales: [{ id: k1-scale }]
circuits: [{ id: c1, name: Circuit, lamps: [{ id: lamp-01, name: Lamp, nominalW: 30 }] }]
meters: [{ id: water-main, name: Main }]
`;

/** Every quantity of every asset, once a minute for three hours, growing. */
function* records(): Iterable<Recorded<ReadingEntry>> {
  let sequence = 0;
  for (let ago = 180; ago > 0; ago -= 1) {
    for (const asset of ASSETS) {
      for (const quantity of Object.keys(QUANTITIES) as Quantity[]) {
        const at = earlier(NOW, minutes(ago));
        sequence += 1;
        const facts = { device: 'd', asset, quantity, value: 180 - ago, digest: 1, part: 0 };
        yield { kind: 'reading', ...facts, observedAt: at, receivedAt: at, sequence };
      }
    }
  }
}

function lines(): string {
  const { site } = loadSite(SITE, {
    file: 'site.yaml',
    decoders: DECODERS.map(({ name }) => name),
    readSecret: () => ({ kind: 'missing' }),
  });
  if (!site) throw new Error('the site of this test has mistakes');
  const { points, unfit } = pointsOf([...records()], seriesNames(site.compound));
  expect(unfit).toEqual([]);
  return points.map(lineOf).join('\n');
}

describe.runIf(has('influxd'))('Grafana’s boards on a real InfluxDB', () => {
  let influx: Influxd;
  beforeAll(async () => {
    influx = await startInfluxd();
    await influx.query('', 'CREATE DATABASE courtyard');
    await influx.write('courtyard', lines());
  });
  afterAll(() => influx.discard());

  const everyQuery = boards().flatMap((board) =>
    targetsOf(board).map(({ panel, target }) => [board.title, panel.title, target] as const),
  );
  it.each(everyQuery)('%s, %s: has an answer with values', async (_board, _panel, target) => {
    const asked = asSent(target.query, `time > ${NOW - minutes(170)}ms`);
    const rows = await influx.query('courtyard', asked);
    expect(rows.length).toBeGreaterThan(0);
    const last = rows.findLast((row) => Object.values(row).at(-1) !== '') ?? {};
    expect(Number(Object.values(last).at(-1))).toBeGreaterThanOrEqual(0);
    expect(rows[0]?.['tags']).toMatch(/^asset=/);
  });

  it('its choices are the sites and assets that were written', async () => {
    for (const { templating } of boards()) {
      const values = await Promise.all(
        templating.list.map(async ({ query }) => {
          const rows = await influx.query('courtyard', asSent(query, ''));
          return [...new Set(rows.map((row) => row['value'] ?? ''))].sort();
        }),
      );
      expect(values).toEqual([['yard'], [...ASSETS].sort()]);
    }
  });
});
