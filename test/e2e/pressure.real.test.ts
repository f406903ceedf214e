// A disk slower than the world, a disk that fails for a while, and stopping with either: the real
// process, with strace between it and the disk.
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { has, until } from '../tools.ts';
import { gatewayProcess, type GatewayProcess } from './gateway-process.ts';
import {
  balance,
  giveBoxItsToken,
  isUnderWay,
  onDisk,
  PRESSURE_SITE,
  startYard,
  type Yard,
} from './pressure-yard.ts';

/** -D: strace stands behind the gateway, so that signals reach it and its end is ours to see. */
const disk = (what: string): readonly string[] =>
  `strace -D -f --seccomp-bpf -qq -o /dev/null -e trace=fsync,fdatasync -e inject=fsync,fdatasync:${what}`.split(
    ' ',
  );
/** The start's own writes are let through: they number about a dozen. */
const AFTER_THE_START = 40;

async function yardOn(words: readonly string[]): Promise<GatewayProcess> {
  const gateway = await gatewayProcess(PRESSURE_SITE, { words });
  giveBoxItsToken(gateway);
  await gateway.start();
  return gateway;
}

const count = (answers: readonly number[], status: number): number =>
  answers.filter((each) => each === status).length;
const said = (what: string, { looks, answers, peakMb, acknowledged, hasty }: Yard): void =>
  console.info(
    `${what}: acknowledged ${acknowledged.size}, sent once ${hasty.size}, screen waited at most ` +
      `${Math.round(Math.max(...looks))} ms of ${looks.length}, 503 ${count(answers, 503)} ` +
      `of ${answers.length}, peak ${Math.round(peakMb())} MB`,
  );

describe.runIf(has('strace'))('a disk that takes a fifth of a second for each commit', () => {
  it('sheds what is sent once, answers posts with 503, lets the others wait, and goes on by itself', async () => {
    const gateway = await yardOn(disk(`delay_exit=200000:when=${AFTER_THE_START}+`));
    const yard = await startYard(gateway);
    await until('posts are put off', () => count(yard.answers, 503) > 10, 60_000);
    await isUnderWay(yard, 40);
    await yard.calm();
    await until('a post is taken again', async () => {
      await yard.post();
      return yard.answers.at(-1) === 200;
    });
    said('a fifth of a second a commit', yard);
    expect(Math.max(...yard.looks)).toBeLessThan(10_000);
    expect(yard.peakMb()).toBeLessThan(400);
    expect(await gateway.stop()).toBe(0);
    const found = await onDisk(gateway);
    const { acknowledgedAndMissing, sentOnce, storedOrSaidLost } = balance(yard, found);
    expect(found.lost['shed']).toBeGreaterThan(0);
    expect(acknowledgedAndMissing).toEqual([]);
    expect(storedOrSaidLost).toBe(sentOnce);
  });
});

describe.runIf(has('strace'))('a disk that fails for a while', () => {
  it('costs nothing that was acknowledged; what is sent once is counted, and all goes on by itself', async () => {
    const gateway = await yardOn(disk(`error=EIO:when=${AFTER_THE_START}..${AFTER_THE_START + 8}`));
    const yard = await startYard(gateway);
    await until('a post is put off', () => yard.answers.includes(503), 60_000);
    await until('a post is taken again', () => yard.answers.at(-1) === 200, 60_000);
    await isUnderWay(yard, 100);
    await yard.calm();
    said('failing for a while', yard);
    expect(await gateway.stop()).toBe(0);
    const { acknowledgedAndMissing, sentOnce, storedOrSaidLost } = balance(
      yard,
      await onDisk(gateway),
    );
    expect(acknowledgedAndMissing).toEqual([]);
    expect(storedOrSaidLost).toBe(sentOnce);
  });
});

/** Far longer than a commit takes, far shorter than the disk stands still for. */
const STILL_MS = 5000;

async function isStuck({ acknowledged }: Yard): Promise<boolean> {
  const before = acknowledged.size;
  await pause(STILL_MS);
  return acknowledged.size === before;
}

describe.runIf(has('strace'))('stopping while the disk', () => {
  it.each([
    ['fails for good', `error=EIO:when=${AFTER_THE_START}+`, 1],
    // It cannot wait for the disk; nor can it end as one who has put everything away.
    ['does not answer', `delay_exit=15000000:when=${AFTER_THE_START}+`, null],
  ])(
    '%s ends with what is wrong in words, and loses nothing that was acknowledged',
    async (_, how, ends) => {
      const gateway = await yardOn(disk(how));
      const yard = await startYard(gateway);
      await until('nothing is acknowledged any more', () => isStuck(yard), 60_000);
      const began = performance.now();
      const code = await gateway.stop();
      console.info(`stopped after ${Math.round(performance.now() - began)} ms`);
      expect(code).toBe(ends);
      expect(gateway.output()).toMatch(/^courtyard: .*(?:writing|stopping|saving)/m);
      expect(gateway.output()).not.toMatch(/^\s+at /m);
      const { acknowledgedAndMissing } = balance(yard, await onDisk(gateway));
      expect(acknowledgedAndMissing).toEqual([]);
    },
  );
});
