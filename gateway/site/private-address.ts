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
HOUSES.addAddress('::1', 'ipv6');
HOUSES.addSubnet('fc00::', 7, 'ipv6');
HOUSES.addSubnet('fe80::', 10, 'ipv6');

/** Endings that no name server of the world answers (RFC 6761, 6762, 8375, and routers' custom). */
const HOUSE_NAMES = ['localhost', 'local', 'lan', 'home', 'internal', 'intranet', 'home.arpa'];

/** @param url an http or https address; anything else is not private, only wrong */
export function isPrivateAddress(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const family = isIP(host);
  if (family !== 0) return HOUSES.check(host, family === 4 ? 'ipv4' : 'ipv6');
  return !host.includes('.') || HOUSE_NAMES.some((ending) => host.endsWith(`.${ending}`));
}
