import { describe, expect, it } from 'vitest';
import { openWhenPossible } from '../../gateway/assembly/waiting.ts';
import { Fault, type FaultCode } from '../../gateway/domain/fault.ts';
import { seconds } from '../../gateway/domain/time.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { freePort, until } from '../tools.ts';

const NEVER = new Promise<never>(() => undefined);

async function scene(opening: (attempt: number) => string) {
  const clock = handClock('2026-11-20T12:00:00+08:00');
  const http = { host: '127.0.0.1', port: await freePort() };
  const faults: Fault[] = [];
  let attempts = 0;
  const parts = {
    open: async () => opening((attempts += 1)),
    http,
    clock,
    stopped: NEVER as Promise<unknown>,
    onWait: (fault: Fault) => void faults.push(fault),
  };
  const readiness = async (): Promise<string> =>
    (await fetch(`http://127.0.0.1:${http.port}/readyz`)).text();
  return { clock, parts, faults, readiness };
}

const fails = (code: FaultCode, words: string): never => {
  throw new Fault(code, words);
};

describe('a store that cannot be opened', () => {
  it('is tried every ten seconds, while the latest words are told', async () => {
    const words = ['no folder', 'disk full'];
    const { clock, parts, faults, readiness } = await scene((attempt) =>
      words[attempt - 1] ? fails('store-unavailable', words[attempt - 1] ?? '') : 'open',
    );
    const opened = openWhenPossible(parts);
    await until('the first words', async () => /no folder/.test(await readiness().catch(() => '')));
    clock.moveBy(seconds(9));
    expect(faults).toHaveLength(1);
    clock.moveBy(seconds(1));
    await until('the next words', async () => /disk full/.test(await readiness()));
    clock.moveBy(seconds(10));
    expect(await opened).toBe('open');
    expect(faults.map(({ message }) => message)).toEqual(words);
    await expect(readiness()).rejects.toThrow('fetch failed'); // the port is free for the gateway itself
  });

  it.each<FaultCode>(['store-in-use', 'store-newer', 'config-invalid'])(
    'for a reason that no waiting mends is given up: %s',
    async (code) => {
      const { parts, faults } = await scene(() => fails(code, 'no'));
      await expect(openWhenPossible(parts)).rejects.toMatchObject({ code });
      expect(faults).toEqual([]);
    },
  );

  it('is no longer waited for when the process is asked to stop', async () => {
    const { parts } = await scene(() => fails('store-unavailable', 'no'));
    const stopped = Promise.resolve('SIGTERM');
    expect(await openWhenPossible({ ...parts, stopped })).toBeUndefined();
  });
});
