// Sockets that have not said who they are. They cost little each, and anyone can open thousands: so
// there is room for a few of each address and for some in all. Whoever comes is let in; who has to go
// for it is the one that has waited longest, of the address that has the most: a sensor that connects
// and says its name at once is never crowded out by another address.
export interface WaitingRoom<One> {
  enter(one: One, address: string): void;
  /** It has said who it is, or is gone; once is enough, and once more does no harm. */
  leave(one: One): void;
  count(): number;
}

export interface Room {
  readonly perAddress: number;
  readonly inAll: number;
}

/** @param turnAway is handed the one that has to go, which has left already */
export function createWaitingRoom<One>(room: Room, turnAway: (one: One) => void): WaitingRoom<One> {
  /** Of each address, the longest waiting first. */
  const waiting = new Map<string, Set<One>>();
  const addresses = new Map<One, string>();

  function leave(one: One): void {
    const address = addresses.get(one);
    if (address === undefined) return;
    addresses.delete(one);
    const others = waiting.get(address);
    others?.delete(one);
    if (others?.size === 0) waiting.delete(address);
  }

  function sendOldest(others: ReadonlySet<One>): void {
    for (const one of others) {
      leave(one);
      turnAway(one);
      return;
    }
  }

  const fullest = (): ReadonlySet<One> =>
    [...waiting.values()].reduce((most, one) => (one.size > most.size ? one : most), new Set());

  return {
    enter(one, from) {
      const address = neighbourhood(from);
      const others = waiting.get(address) ?? new Set();
      if (others.size >= room.perAddress) sendOldest(others);
      else if (addresses.size >= room.inAll) sendOldest(fullest());
      waiting.set(address, others.add(one));
      addresses.set(one, address);
    },
    leave,
    count: () => addresses.size,
  };
}

/** IPv6 hands every machine a whole /64 to call from; IPv4 may come in its clothes. */
export function neighbourhood(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0');
  const groups = tail === undefined ? front : [...front, ...gap, ...back];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
