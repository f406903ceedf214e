// What is no mistake and yet seldom meant. Said beside a file that is taken as it is.
import { isIP } from 'node:net';
import { allAssets, type Check } from './check.ts';
import type { Finding, Path } from './mistake.ts';
import { show } from './mistake.ts';
import { addressDoubts } from './address-doubts.ts';
import { hostOf, isPrivateAddress } from './private-address.ts';
import { binsIn, devicesIn, sourcesIn } from './roster.ts';
import type { SiteDraft } from './schema.ts';
import { LOOPBACK } from './schema-place.ts';

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

/** It stands in QR codes that are printed once and hang for years; made-up things bear none. */
const outOfReach: Check = function* (file) {
  const { site, http } = file;
  if (!site || file.simulated === true || !hasSpots(file)) return;
  const { publicUrl, contact } = site;
  const place = {
    ...(publicUrl !== undefined && { publicUrl }),
    ...(contact?.phone !== undefined && { contact: { phone: contact.phone } }),
  };
  const listens = { host: http?.host ?? LOOPBACK, port: http?.port ?? 8080 };
  for (const { reason, words } of addressDoubts({ place, http: listens })) {
    const isAbsent = reason === 'no-address' || reason === 'no-phone';
    yield { at: isAbsent ? ['site'] : ['site', 'publicUrl'], what: words };
  }
};

/** Then everybody has one address, and one who guesses or floods shuts the door on all. */
const proxyUnknown: Check = function* ({ site, http, simulated }) {
  const publicUrl = site?.publicUrl;
  if (publicUrl === undefined || simulated === true || (http?.trustedProxies ?? []).length > 0)
    return;
  if (!URL.canParse(publicUrl) || isOwnDoor(publicUrl)) return;
  yield {
    at: ['site', 'publicUrl'],
    what: 'leads through a proxy or a tunnel, and no http.trustedProxies are named; all who come so count as one address, for residents’ limits and wrong passwords',
    means: 'where it runs on this machine trustedProxies: ["127.0.0.1"], docs/operating.md',
  };
};

/** It speaks no https, and no name leads to it: only numbers of the house may be its own. */
const isOwnDoor = (publicUrl: string): boolean =>
  publicUrl.startsWith('http:') && isIP(hostOf(publicUrl)) !== 0 && isPrivateAddress(publicUrl);

/** Whether there is anything to put a label on. */
const hasSpots = (file: SiteDraft): boolean =>
  file.site?.publicUrl !== undefined ||
  [file.stations, file.circuits, file.meters, file.buildings].some(
    (list) => (list ?? []).length > 0,
  );

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
  outOfReach,
  proxyUnknown,
  unreported,
  unmeasurable,
];
