// What is no mistake and yet seldom meant. Said beside a file that is taken as it is.
import { allAssets, type Check } from './check.ts';
import type { Finding, Path } from './mistake.ts';
import { show } from './mistake.ts';
import { isPrivateAddress } from './private-address.ts';
import { binsIn, devicesIn, sourcesIn } from './roster.ts';

const LOOPBACKS = ['127.0.0.1', '::1', 'localhost'];

/** Until someone can log in, nobody from outside may look in. */
const openToTheNetwork: Check = function* (file) {
  yield* hostBeyond(file.http?.host, ['http', 'host']);
  for (const { form, at } of sourcesIn(file)) {
    if (form.kind === 'mqtt-broker') yield* hostBeyond(form.host, [...at, 'host']);
  }
};

function* hostBeyond(host: string | undefined, at: Path): Iterable<Finding> {
  if (host === undefined || LOOPBACKS.includes(host)) return;
  yield {
    at,
    what: `${show(host)} is used from the first user on; until then it is loopback only`,
    means:
      '`courtyard user add` makes one, docs/people.md; a reverse proxy on this machine reaches it even so',
  };
}

/** It stands in QR codes that are printed once and hang for years. */
const onlyInTheHouse: Check = function* (file) {
  const publicUrl = file.site?.publicUrl;
  if (publicUrl === undefined || !isPrivateAddress(publicUrl)) return;
  yield {
    at: ['site', 'publicUrl'],
    what: `${show(publicUrl)} is a private address; residents' phones cannot reach it`,
    means:
      'a printed QR code leads there; put a reverse proxy before the gateway, docs/operating.md',
  };
};

const unreported: Check = function* (file) {
  const reported = new Set(
    devicesIn(file).flatMap(({ form }) => [form.asset, ...Object.values(form.assets ?? {})]),
  );
  const circuits = new Set((file.circuits ?? []).map((circuit) => circuit.id));
  for (const { id, at } of allAssets(file)) {
    if (reported.has(id) || circuits.has(id)) continue;
    yield { at, what: 'no device reports on it; name it under devices' };
  }
};

const unmeasurable: Check = function* (file) {
  for (const { form, at } of binsIn(file)) {
    if (form.emptyMm !== undefined || form.tareKg !== undefined) continue;
    yield {
      at,
      what: 'has neither emptyMm and fullMm nor tareKg; give what its sensor needs',
      means: 'without them a distance gives no fill and a load no net weight',
    };
  }
};

export const WARNINGS: readonly Check[] = [
  openToTheNetwork,
  onlyInTheHouse,
  unreported,
  unmeasurable,
];
