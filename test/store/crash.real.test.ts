// What survives when the gateway is killed or its disk fails: every append that was acknowledged,
// whole, in its place, once.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LogRecord } from '../../gateway/domain/record.ts';
import { minutes } from '../../gateway/domain/time.ts';
import { BLOCK } from '../../gateway/store/roller.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { has, temporaryFolder } from '../tools.ts';
import { NOON, at, reading, settingsFor } from './entries.ts';

const APPENDER = fileURLToPath(new URL('./appender.ts', import.meta.url));

interface Answer {
  readonly word: string;
  readonly message: number;
  /** The first sequence, or the fault's code. */
  readonly what: string;
  readonly health: string;
}

/** Runs an appender until it ends; `onAnswer` may end it. */
async function append(
  command: readonly string[],
  onAnswer: (answers: readonly Answer[], child: ChildProcess) => void = () => {},
): Promise<Answer[]> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const answers: Answer[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const [word = '', message, what = '', health = ''] = line.split(' ');
    answers.push({ word, message: Number(message), what, health });
    onAnswer(answers, child);
  }
  return answers;
}

async function everythingIn(dir: string): Promise<LogRecord[]> {
  const store = await openStore(settingsFor(dir));
  const records = await store.log.readAfter(0, 1_000_000);
  await store.close();
  return records;
}

const acked = (answers: readonly Answer[]) => answers.filter(({ word }) => word === 'acked');

/** Each acknowledged message lies whole where the answer said, and no message lies there in part. */
function expectKept(answers: readonly Answer[], records: readonly LogRecord[]): void {
  const parts = records.map((record) =>
    record.kind === 'reading' ? `${record.value}/${record.part}` : record.kind,
  );
  for (const { message, what } of acked(answers)) {
    const place = Number(what) - 1;
    expect(parts.slice(place, place + 3)).toEqual([0, 1, 2].map((part) => `${message}/${part}`));
  }
  expect(records.map(({ sequence }) => sequence)).toEqual(records.map((_, index) => index + 1));
  expect(parts.length % 3).toBe(0);
  expect(new Set(parts).size).toBe(parts.length);
}

describe('a killed gateway', () => {
  it('has kept every acknowledged append, whole and once, and frees its store', async () => {
    const dir = temporaryFolder();
    const answers: Answer[] = [];
    for (let life = 0; life < 6; life += 1) {
      const command = [process.execPath, APPENDER, dir, String(life * 1_000_000)];
      const enough = 1 + 1000 * life;
      const lived = await append(command, (so, child) => {
        if (so.length === enough) child.kill('SIGKILL');
      });
      expect(lived.length).toBeGreaterThanOrEqual(enough);
      answers.push(...lived);
    }
    expect(acked(answers)).toHaveLength(answers.length);
    const records = await everythingIn(dir);
    expectKept(answers, records);
    // blocks were rolled up all along: none of the kills may have lost or doubled one
    expect(records.length).toBeGreaterThan(4 * BLOCK);
    const { rolledUp, ...counts } = await countsIn(dir);
    expect(rolledUp % BLOCK).toBe(0);
    expect(rolledUp).toBeGreaterThan(0);
    expect(counts).toEqual({ before: records.length, after: records.length });
  });
});

/** What the chart of all that the appender said counts, before and after the rest is rolled up. */
async function countsIn(dir: string) {
  const store = await openStore(settingsFor(dir));
  onTestFinished(() => store.close());
  const step = minutes(1);
  const query = { asset: 'k1-wet', quantity: 'distance', from: NOON, to: at(step), step } as const;
  const count = async () => (await store.books.series(query))[0]?.[4];
  const before = await count();
  await store.log.append([]);
  const rolledUp = store.health().upkeep?.rolledUp ?? 0;
  await store.tidy();
  return { rolledUp, before, after: await count() };
}

describe.skipIf(!has('strace'))('a failing disk', () => {
  /** Lets every fsync from the `when`th on (`7`, `7+`) of each thread end as `how` says. */
  const faulty = (how: string, when: string, dir: string, messages: number): string[] => [
    'strace',
    ...'-f -qq -o /dev/null -e trace=fsync,fdatasync -e'.split(' '),
    `inject=fsync,fdatasync:${how}:when=${when}`,
    process.execPath,
    APPENDER,
    dir,
    '0',
    String(messages),
  ];
  const prepare = async (): Promise<string> => {
    const dir = temporaryFolder();
    await (await openStore(settingsFor(dir))).close();
    return dir;
  };

  it('that fails once loses that group’s acknowledgement and nothing else', async () => {
    const dir = await prepare();
    const answers = await append(faulty('error=EIO', '6', dir, 1000));
    const refused = answers.filter(({ word }) => word === 'refused');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.map(({ what }) => what)).toEqual(refused.map(() => 'store-write-failed'));
    expect(refused[0]?.health).toBe('failing');
    expect(acked(answers).length + refused.length).toBe(1000);
    expect(answers.at(-1)).toMatchObject({ word: 'acked', health: 'ok' });
    expectKept(answers, await everythingIn(dir));
  });

  it('that fails for ever acknowledges nothing more', async () => {
    const dir = await prepare();
    const answers = await append(faulty('error=EIO', '6+', dir, 400));
    expect(answers).toHaveLength(400);
    expect(answers.at(-1)).toMatchObject({ word: 'refused', health: 'failing' });
    const lastAcked = answers.findLastIndex(({ word }) => word === 'acked');
    const firstRefused = answers.findIndex(({ word }) => word === 'refused');
    expect(lastAcked).toBeLessThan(firstRefused);
    expectKept(answers, await everythingIn(dir));
  });

  it('that is slow makes larger groups, not slower acknowledgements of each', async () => {
    const dir = await prepare();
    const start = performance.now();
    const answers = await append(faulty('delay_exit=20000', '1+', dir, 2000));
    const perSecond = acked(answers).length / ((performance.now() - start) / 1000);
    expect(acked(answers)).toHaveLength(2000);
    expect(perSecond).toBeGreaterThan(300);
  });
});

describe('a store that was killed', () => {
  it('takes up its sequences where they ended', async () => {
    const dir = temporaryFolder();
    await append([process.execPath, APPENDER, dir, '0'], (so, child) => {
      if (so.length === 100) child.kill('SIGKILL');
    });
    const store = await openStore(settingsFor(dir));
    onTestFinished(() => store.close());
    const head = store.log.head();
    expect(head).toBeGreaterThanOrEqual(300);
    expect(await store.log.append([reading()])).toBe(head + 1);
  });
});
