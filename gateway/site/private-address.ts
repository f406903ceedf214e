// Whether a web address leads only into some house's own network. Asked before it is printed on a
// wall: a resident's phone is on the street. No name is looked up; only what the text itself says.
import { BlockList, isIP } from 'node:net';

const HOUSES = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // a provider's own, RFC 6598
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  HOUSES.addSubnet(net, bits, 'ipv4');
HOUSES.addAddress('::', 'ipv6');
HOUSES.addAddress('::1', 'ipv6');
HOUSES.addSubnet('fc00::', 7, 'ipv6');
HOUSES.addSubnet('fe80::', 10, 'ipv6');

/** Of the house's, those that never leave the machine. */
const MACHINE = new BlockList();
MACHINE.addSubnet('127.0.0.0', 8, 'ipv4');
MACHINE.addAddress('0.0.0.0', 'ipv4');
MACHINE.addAddress('::', 'ipv6');
MACHINE.addAddress('::1', 'ipv6');

/** Endings that no name server of the world answers (RFC 6761, 6762, 8375, and routers' custom). */
const HOUSE_NAMES = ['localhost', 'local', 'lan', 'home', 'internal', 'intranet', 'home.arpa'];

/** How an address is known to be of a house: by its numbers, by its ending, or by having no dot. */
export type HouseAddress = 'loopback' | 'private' | 'house-name' | 'bare-name';

/** @param url an http or https address; anything else is not private, only wrong */
export const isPrivateAddress = (url: string): boolean => houseAddress(url) !== undefined;

/** Undefined where it may be of the world. */
export function houseAddress(url: string): HouseAddress | undefined {
  if (!URL.canParse(url)) return undefined;
  const host = hostOf(url);
  const family = isIP(host);
  if (family !== 0) {
    const kind = family === 4 ? 'ipv4' : 'ipv6';
    if (MACHINE.check(host, kind)) return 'loopback';
    return HOUSES.check(host, kind) ? 'private' : undefined;
  }
  if (host === 'localhost' || host.endsWith('.localhost')) return 'loopback';
  if (!host.includes('.')) return 'bare-name';
  return HOUSE_NAMES.some((ending) => host.endsWith(`.${ending}`)) ? 'house-name' : undefined;
}

/** Without brackets, and without the dot that ends a full name. */
export const hostOf = (url: string): string =>
  new URL(url).hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
