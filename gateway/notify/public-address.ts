// Which addresses a notice may be sent to. A name is judged by what it leads to at the moment of the
// connection, not by how it is written: it may point into the house today and into the world
// tomorrow, so the very addresses that are judged are the ones that are connected to.
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { LookupAddress } from 'node:dns';

const PRIVATE = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // a provider's own, RFC 6598
  ['127.0.0.0', 8],
  ['169.254.0.0', 16], // link-local, and where clouds keep their keys
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.88.99.0', 24], // 6to4 relays, given up by RFC 7526
  ['192.168.0.0', 16],
  ['198.18.0.0', 15], // benchmarks, RFC 2544
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  PRIVATE.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 96], // unspecified, loopback, and IPv4 in disguise
  ['::ffff:0:0:0', 96], // IPv4 behind a translator, RFC 2765,
  ['64:ff9b::', 96], // RFC 6052
  ['64:ff9b:1::', 48], // and RFC 8215
  ['100::', 64], // thrown away, RFC 6666
  ['2001::', 32], // Teredo, which has an IPv4 address in it,
  ['2002::', 16], // as 6to4 has
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10], // a site's own, as it was before RFC 3879
  ['ff00::', 8],
] as const)
  PRIVATE.addSubnet(net, bits, 'ipv6');

/** @param address an IPv4 or IPv6 address; an IPv4 one in the form of an IPv6 one counts as itself */
export function isPublic(address: string): boolean {
  const family = isIP(address);
  // An address with a zone (`%eth0`) is one on a cable of ours.
  if (family === 0 || address.includes('%')) return false;
  const [, mapped] = /^::ffff:([0-9a-f]+:[0-9a-f]+)$/i.exec(address) ?? [];
  if (mapped !== undefined) return isPublic(dotted(mapped));
  return !PRIVATE.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/** c0a8:101 → 192.168.1.1 */
function dotted(pairs: string): string {
  const numbers = pairs.split(':').map((pair) => Number.parseInt(pair, 16));
  return numbers.flatMap((number) => [number >> 8, number & 255]).join('.');
}

/** The host of an address where that is no name but an address, which nobody would look up. */
export function hostAddress({ hostname }: URL): string | undefined {
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? undefined : host;
}

/** A look-up that finds public addresses only. */
export function publicOnly(lookup: LookupFunction): LookupFunction {
  return (name, options, answer) => {
    lookup(name, { ...options, all: true }, (error, found) => {
      if (error) return answer(error, '');
      const addresses = (found as LookupAddress[]).filter(({ address }) => isPublic(address));
      const [first] = addresses;
      if (!first) return answer(new Error(`${name} is a private address`), '');
      if (options.all) return answer(null, addresses);
      return answer(null, first.address, first.family);
    });
  };
}
