// The site file that the bench's lamps belong to: every lamp a device of the built-in broker, one
// rule that watches its leak, a copy to InfluxDB, no tickets.
// Run as: node test/bench/site.ts --lamps 100 --influx http://127.0.0.1:8086 --dir /tmp/x > site.yaml
import { parseArgs } from 'node:util';
import { LEAK_LIMIT, lampId } from './lamp-messages.ts';

export interface BenchSite {
  readonly lamps: number;
  /** Where the store goes. */
  readonly dir: string;
  readonly httpPort: number;
  readonly mqttPort: number;
  readonly influx?: { readonly url: string; readonly database: string };
  readonly webhook?: string;
  /** `store.sync`; the product's own choice where left out. */
  readonly sync?: 'latency' | 'wear';
}

export const BENCH_SITE_ID = 'bench';

export function benchSite(site: BenchSite): string {
  const lamps = Array.from({ length: site.lamps }, (_, lamp) => lampId(lamp));
  return [
    'version: 1',
    `site: { id: ${BENCH_SITE_ID}, name: bench, zone: Asia/Shanghai, latitude: 31, longitude: 121 }`,
    `http: { port: ${site.httpPort} }`,
    `store: { dir: ${JSON.stringify(site.dir)}${site.sync ? `, sync: ${site.sync}` : ''} }`,
    ...(site.influx
      ? [`influx: { url: "${site.influx.url}", database: ${site.influx.database} }`]
      : []),
    ...(site.webhook
      ? [`webhooks: [{ id: bench, url: "${site.webhook}", allowPrivate: true }]`]
      : []),
    `sources: [{ id: broker, kind: mqtt-broker, port: ${site.mqttPort} }]`,
    'circuits:',
    '  - id: c1',
    '    name: bench',
    '    lamps:',
    ...lamps.map((id) => `      - { id: ${id}, name: ${id}, nominalW: 30 }`),
    'devices:',
    ...lamps.map(
      (id) => `  - { id: ${id}, source: broker, decoder: courtyard-json, asset: ${id} }`,
    ),
    'rules:',
    `  - { id: leak, on: lamp, quantity: leak, above: ${LEAK_LIMIT}, holdFor: 0s, severity: high }`,
    '',
  ].join('\n');
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      lamps: { type: 'string', default: '100' },
      dir: { type: 'string', default: './bench-data' },
      http: { type: 'string', default: '8080' },
      mqtt: { type: 'string', default: '1883' },
      influx: { type: 'string' },
      database: { type: 'string', default: 'bench' },
      webhook: { type: 'string' },
      sync: { type: 'string' },
    },
  });
  const { influx, database, webhook, sync } = values;
  process.stdout.write(
    benchSite({
      lamps: Number(values.lamps),
      dir: values.dir,
      httpPort: Number(values.http),
      mqttPort: Number(values.mqtt),
      ...(influx && { influx: { url: influx, database } }),
      ...(webhook && { webhook }),
      ...((sync === 'latency' || sync === 'wear') && { sync }),
    }),
  );
}
