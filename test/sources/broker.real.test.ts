import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../gateway/domain/fault.ts';
import { has, until } from '../tools.ts';
import { startBench, TELEMETRY } from './broker-bench.ts';

interface Sent {
  /** It ends by itself once it has its PUBACK. */
  readonly exit: Promise<number>;
  hasEnded(): boolean;
}

function mosquittoPub(port: number, ...more: string[]): Sent {
  const child = spawn('mosquitto_pub', ['-p', `${port}`, '-q', '1', ...more], { stdio: 'ignore' });
  const exit = once(child, 'close').then(([code]) => Number(code));
  return { exit, hasEnded: () => child.exitCode !== null };
}

describe.skipIf(!has('mosquitto_pub'))('mosquitto_pub at QoS 1', () => {
  it('gets its PUBACK after the intake has the message, not before', async () => {
    const { intake, port, connect } = await startBench('by hand');
    const sent = mosquittoPub(port, '-t', TELEMETRY, '-m', '{"seq":1,"lid":1}');
    await until('the intake is asked', () => intake.waiting() === 1);
    await connect(); // the broker goes on meanwhile
    expect(sent.hasEnded()).toBe(false);
    intake.answer();
    expect(await sent.exit).toBe(0);
    expect(intake.texts()).toEqual(['{"seq":1,"lid":1}']);
  });

  it('gets none for a storage fault, but a lost connection', async () => {
    const { intake, port } = await startBench('by hand');
    const sent = mosquittoPub(port, '-t', TELEMETRY, '-m', '{"seq":1}');
    await until('the intake is asked', () => intake.waiting() === 1);
    intake.answer(new Fault('store-write-failed', 'writing 1 record: disk full'));
    const CONNECTION_LOST = 7;
    expect(await sent.exit).toBe(CONNECTION_LOST);
  });

  it('shows its device’s secret', async () => {
    const { intake, port } = await startBench('at once');
    const topic = ['-t', 'courtyard/luyuan/lamp-07/telemetry', '-m', '{"on":1}', '-i', 'lamp-07'];
    expect(await mosquittoPub(port, ...topic, '-u', 'lamp-07', '-P', 'opensesame').exit).toBe(0);
    expect(await mosquittoPub(port, ...topic, '-u', 'lamp-07', '-P', 'guess').exit).not.toBe(0);
    expect(intake.offered).toHaveLength(1);
  });
});
