// One attack after another against one real process, while honest ones are served; and what must
// hold. The figures are said, not judged: how quick a busy machine is nobody promises.
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { gatewayProcess, type Under } from './gateway-process.ts';
import { wallOf, type Size } from './wall-attacks.ts';
import { startHonest, WALL_SITE, type Figures } from './wall-yard.ts';

/** No screen waits longer for an answer; the aim is two seconds. */
const ANSWERED_WITHIN_MS = 10_000;
/** The honest ones alone, for comparison. */
const QUIET_MS = 2000;

/** A heap that an unbounded queue would burst. */
export const SMALL_HEAP: Under = { env: { NODE_OPTIONS: '--max-old-space-size=96' } };

export async function honestOnesAreServed(size: Size, under: Under = {}): Promise<void> {
  const gateway = await gatewayProcess(WALL_SITE, under);
  const honest = await startHonest(gateway);
  const { pid } = gateway;
  const before = pid();
  const quiet = performance.now();
  await pause(QUIET_MS);
  const rows = [rowOf('nothing', honest.since(quiet), '')];
  for (const attack of wallOf(size, gateway, honest)) {
    const began = performance.now();
    const saw = await attack.run();
    await pause(1000); // what it has started may end a little later
    const figures = honest.since(began);
    rows.push(rowOf(attack.name, figures, saw));
    expect({ attack: attack.name, ...served(figures) }).toEqual({
      attack: attack.name,
      ackWithin: true,
      pollWithin: true,
      liveWithin: true,
    });
  }
  console.info([HEAD, ...rows].join('\n'));
  await honest.stop();
  expect(honest.broken()).toBe(0);
  expect(pid()).toBe(before);
  expect(await gateway.stop()).toBe(0);
  const { sent, lostOrDoubled } = await honest.missing();
  expect(sent).toBeGreaterThan(0);
  expect(lostOrDoubled).toEqual([]);
  expect(gateway.output()).not.toMatch(/"level":"(?:error|fatal)"|^\s+at /m);
}

const served = ({ ackMax, pollMax, livePause, acknowledged, polls }: Figures) => ({
  ackWithin: acknowledged > 0 && ackMax < ANSWERED_WITHIN_MS,
  pollWithin: polls > 0 && pollMax < ANSWERED_WITHIN_MS,
  liveWithin: livePause < ANSWERED_WITHIN_MS,
});

const HEAD =
  '| meanwhile | acks | ack p50 | p99 | max ms | poll p50 | max ms | live pause ms | RSS MB | it saw |\n' +
  '|---|---|---|---|---|---|---|---|---|---|';

function rowOf(name: string, figures: Figures, saw: string): string {
  const { acknowledged, ackP50, ackP99, ackMax, pollP50, pollMax, livePause, residentMb } = figures;
  const cells = [acknowledged, ackP50, ackP99, ackMax, pollP50, pollMax, livePause, residentMb];
  return `| ${[name, ...cells.map(rounded), saw].join(' | ')} |`;
}

const rounded = (value: number): string => value.toFixed(value < 10 ? 1 : 0);
