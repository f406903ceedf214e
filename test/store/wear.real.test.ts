// What a card has to bear: bytes as the kernel counts them for the process.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../tools.ts';

const PACE = fileURLToPath(new URL('./writing-pace.ts', import.meta.url));

interface Figures {
  readonly bytesPerReading: number;
  readonly p50Ms: number;
  readonly commits: number;
  readonly count: number;
}

async function at(sync: 'latency' | 'wear', perSecond: number, seconds: number): Promise<Figures> {
  const args = [PACE, temporaryFolder(), sync, String(perSecond), String(seconds)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as Figures;
}

describe.skipIf(!existsSync('/proc/self/io'))('a store that spares its card', () => {
  it.each([
    [10, 6],
    [1000, 4],
  ])('writes a quarter of the bytes at most, at %i readings a second', async (rate, seconds) => {
    const latency = await at('latency', rate, seconds);
    const wear = await at('wear', rate, seconds);
    console.info(`${rate}/s`, { latency, wear });
    expect(latency.bytesPerReading).toBeGreaterThan(0);
    expect(wear.bytesPerReading).toBeLessThan(latency.bytesPerReading / 4);
  });
});
