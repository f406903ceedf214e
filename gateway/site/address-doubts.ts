// Whether residents' phones can reach the gateway by the address that is printed. Asked twice: by
// `check` before anything runs, and beside the label sheets before anything is printed.
import { isIP } from 'node:net';
import type { Place } from '../domain/asset.ts';
import type { AddressDoubt } from '../domain/address-doubt.ts';
import { hostOf, houseAddress } from './private-address.ts';

interface Reached {
  readonly place: Pick<Place, 'publicUrl' | 'contact'>;
  readonly http: { readonly host: string; readonly port: number };
}

const PROXY = 'put a reverse proxy with a public name before the gateway, docs/operating.md';
/** Beyond it a code that is big enough for a hand has dots too fine for an old telephone. */
const LONGEST = 80;

const SAYINGS: Readonly<Record<AddressDoubt['reason'], (host: string, listens: string) => string>> =
  {
    'no-address': () =>
      'without publicUrl no label has a code and no message a link; write the address that phones reach, as publicUrl: https://luyuan.example',
    loopback: (host) => `${host} is this machine itself, which no phone can reach; ${PROXY}`,
    private: (host) =>
      `phones outside the house's own network cannot reach ${host}; residents on mobile data see nothing; ${PROXY}`,
    'bare-name': (host) =>
      `${host} is no full name: only this house's network knows it, and residents on mobile data see nothing; ${PROXY}`,
    'house-name': (host) =>
      `${host} is a name that no name server of the world knows; residents on mobile data see nothing; ${PROXY}`,
    'plain-http': (host) =>
      `${host} by http: photos and telephone numbers of residents travel open, and their phones warn of it; use https`,
    elsewhere: (host, listens) =>
      `leads to ${host}, where this gateway does not listen (it does on ${listens}); change http, or put a proxy there`,
    'has-path': () =>
      "has a path, and the gateway's pages lie at the root of their name; write it without",
    long: () =>
      `is longer than ${LONGEST} characters, so the codes are fine and hard to scan; take a shorter name`,
    'no-phone': () =>
      'no contact: who has no internet finds no telephone number on the label; write contact: { phone: "021-5555 0100" }',
  };

export function addressDoubts(reached: Reached): AddressDoubt[] {
  const { publicUrl, contact } = reached.place;
  if (publicUrl === undefined) return [doubt('no-address')];
  if (!URL.canParse(publicUrl)) return [];
  return [
    ...doubtsAbout(publicUrl, reached.http),
    ...(contact === undefined ? [doubt('no-phone')] : []),
  ];
}

function doubtsAbout(publicUrl: string, http: Reached['http']): AddressDoubt[] {
  const { protocol, pathname } = new URL(publicUrl);
  const facts = { host: hostOf(publicUrl), listens: listensOn(http) };
  const house = houseAddress(publicUrl);
  return [
    ...(house ? [doubt(house, facts)] : []),
    ...(!house && protocol === 'http:' ? [doubt('plain-http', facts)] : []),
    ...(isElsewhere(publicUrl, http) ? [doubt('elsewhere', facts)] : []),
    ...(pathname !== '/' ? [doubt('has-path', facts)] : []),
    ...(publicUrl.length > LONGEST ? [doubt('long', facts)] : []),
  ];
}

const doubt = (
  reason: AddressDoubt['reason'],
  { host = '', listens = '' }: { readonly host?: string; readonly listens?: string } = {},
): AddressDoubt => ({
  reason,
  ...(host !== '' && { host }),
  ...(reason === 'elsewhere' && { listens }),
  words: SAYINGS[reason](host, listens),
});

const listensOn = ({ host, port }: Reached['http']): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`;

const EVERYWHERE = ['0.0.0.0', '::'];
const THIS_MACHINE = ['127.0.0.1', '::1', 'localhost'];

/**
 * A name may be a proxy's; the numbers of a house's own network are a machine's, and where they are
 * to be this one's, the gateway has to listen there. It speaks no https itself.
 */
function isElsewhere(publicUrl: string, http: Reached['http']): boolean {
  const { protocol, port } = new URL(publicUrl);
  const isOwnPort = Number(port || (protocol === 'http:' ? 80 : 443)) === http.port;
  if (protocol === 'https:') return isOwnPort;
  const host = hostOf(publicUrl);
  if (isIP(host) === 0 || houseAddress(publicUrl) === undefined) return false;
  if (!isOwnPort) return true;
  const isLocal = (one: string): boolean => THIS_MACHINE.includes(one);
  return !(
    EVERYWHERE.includes(http.host) ||
    http.host === host ||
    (isLocal(http.host) && isLocal(host))
  );
}
