// Whose address a request counts as: for the pace of residents, the wait after wrong passwords, and
// what is granted to whoever stands before this machine.
//
//   socket ─▶ a trusted proxy? ─no─▶ the socket's own address; what its headers say is nobody's word
//                 │yes
//                 ▼ X-Forwarded-For from the right, past every trusted one (Fastify's `trustProxy`)
//
// Promise: headers can take the privilege of this machine away and never give it. Whatever has passed
// a proxy, trusted or not, or asks for another name than this machine's own, is not of this machine,
// though its socket is, and though it says that its client were 127.0.0.1.
import { BlockList, isIP, isIPv4 } from 'node:net';
import type { FastifyRequest } from 'fastify';

export interface Caller {
  readonly address: string;
  /** It came by way of a proxy or a tunnel. */
  readonly relayed?: true;
}

/** All whose proxy does not say who they are count as one. */
export const UNSAID = 'relayed';

/** What proxies and tunnels add. Whoever adds one by hand loses by it. */
const MARKS = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'x-client-ip',
  'true-client-ip',
  'cf-connecting-ip',
  'cf-ray',
] as const;

export function callerOf(request: FastifyRequest): Caller {
  const address = plain(request.ip);
  if (!isRelayed(request)) return { address };
  return { address: isElsewhere(address) ? address : UNSAID, relayed: true };
}

function isRelayed({ headers, socket }: FastifyRequest): boolean {
  if (MARKS.some((mark) => headers[mark] !== undefined)) return true;
  return isOfThisMachine(plain(socket.remoteAddress ?? '')) && !isOwnName(headers.host);
}

/** A tunnel that adds nothing still passes on the name that the world calls. */
function isOwnName(host = ''): boolean {
  const name = host.toLowerCase().replace(/:\d{1,5}$/, '');
  return name === 'localhost' || isOfThisMachine(name.replace(/^\[(.*)\]$/, '$1'));
}

const MACHINE = new BlockList();
MACHINE.addSubnet('127.0.0.0', 8, 'ipv4');
MACHINE.addSubnet('0.0.0.0', 8, 'ipv4');
MACHINE.addAddress('::', 'ipv6');
MACHINE.addAddress('::1', 'ipv6');

const isOfThisMachine = (address: string): boolean =>
  isIP(address) !== 0 && MACHINE.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');

/** Not every proxy says an address: some add a port, some pass on what the client made up. */
const isElsewhere = (address: string): boolean => isIP(address) !== 0 && !isOfThisMachine(address);

/** An IPv4 address in its IPv6 dress, as sockets that hear both say it; and without its zone. */
const plain = (address: string): string =>
  address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
