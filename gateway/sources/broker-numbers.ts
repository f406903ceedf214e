// The broker's packet writer makes a buffer for each of the 65,536 packet numbers before it writes its
// first packet, and keeps them: 8 MB of small objects that every collection of the heap looks through,
// and 18 MB of memory all told. One made when it is needed costs 0.35 µs; the many
// acknowledgements of sensors do not come by here (acknowledging.ts).
import { createRequire } from 'node:module';

interface PacketLibrary {
  readonly writeToStream: { cacheNumbers: boolean };
}

/** Of the very copy of the library that the broker writes with, whoever else has one. */
export function keepNoNumbers(): void {
  const asBroker = createRequire(import.meta.resolve('aedes'));
  const { writeToStream } = asBroker('mqtt-packet') as PacketLibrary;
  writeToStream.cacheNumbers = false;
}
