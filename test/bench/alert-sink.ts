// Where the candidates' alerts arrive: a plain HTTP server that takes any JSON with the leak in it
// and notes when it came, on the clock that all processes of this machine share.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Percentiles } from './histogram.ts';
import type { LoadResult } from './load.ts';
import { createHistogram } from './histogram.ts';
import { numberOfLeak, raisesAlarm } from './lamp-messages.ts';

export interface Alerts {
  readonly expected: number;
  readonly arrived: number;
  /** From when the sensor's message was due until the alert's last byte was here. */
  readonly delayMs: Percentiles;
}

export interface AlertSink {
  readonly url: string;
  /** Different leaks above the limit that were told so far. */
  arrived(): number;
  /** What came of this load. */
  alertsOf(load: LoadResult): Alerts;
  forget(): void;
  close(): Promise<void>;
}

export async function openAlertSink(): Promise<AlertSink> {
  const arrivals = new Map<number, number>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const now = Number(process.hrtime.bigint()) / 1e6;
      for (const leak of leaksIn(Buffer.concat(chunks).toString())) {
        if (!arrivals.has(leak)) arrivals.set(leak, now);
      }
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    arrived: () => arrivals.size,
    alertsOf: (load) => alertsOf(arrivals, load),
    forget: () => arrivals.clear(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Every `value` above the limit, wherever it stands: each candidate wraps it its own way. */
export function leaksIn(body: string): number[] {
  return [...body.matchAll(/"value"\s*:\s*(\d+(?:\.\d+)?)/g)]
    .map(([, value]) => Number(value))
    .filter((leak) => numberOfLeak(leak, 0) !== undefined);
}

function alertsOf(arrivals: ReadonlyMap<number, number>, load: LoadResult): Alerts {
  const first = load.fromTurn * load.lamps;
  const delays = createHistogram();
  let arrived = 0;
  for (const [leak, at] of arrivals) {
    const number = numberOfLeak(leak, first);
    if (number === undefined || number - first >= load.sent) continue;
    arrived += 1;
    delays.add(at - (load.startedAt + ((number - first) / load.perS) * 1000));
  }
  return { expected: expectedOf(load), arrived, delayMs: delays.percentiles() };
}

export function expectedOf({ turns, fromTurn }: Pick<LoadResult, 'turns' | 'fromTurn'>): number {
  let expected = 0;
  for (const [lamp, count] of turns.entries()) {
    for (let turn = fromTurn; turn < fromTurn + count; turn += 1) {
      if (raisesAlarm(lamp, turn)) expected += 1;
    }
  }
  return expected;
}
