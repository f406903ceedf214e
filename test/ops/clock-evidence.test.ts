import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { instant } from '../../gateway/domain/time.ts';
import { certificateWords } from '../../gateway/ops/clock-blame.ts';
import { clockEvidence, hasBatteryClock } from '../../gateway/ops/clock-evidence.ts';
import { lookAtClock } from '../../gateway/ops/look-machine.ts';
import { keptClock } from '../../gateway/ops/system-clock.ts';
import { temporaryFolder } from '../tools.ts';

/** A machine’s files, so far as they speak of its clock. */
function machine(...files: string[]): string {
  const root = temporaryFolder();
  for (const file of files) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), 'a text\n');
  }
  return root;
}

const SET = 'run/systemd/timesync/synchronized';
const WAITING = 'run/systemd/timesync/clock';
const BATTERY = 'sys/class/rtc/rtc0/name';

describe('what a machine says of its clock', () => {
  it.each([
    ['the network has set it', 'yes', [SET]],
    ['the network has set it, and a battery keeps it', 'yes', [SET, BATTERY]],
    ['it waits for the network, and nothing kept it', 'awaited', [WAITING]],
    ['it waits for the network, but a battery kept it', 'unknown', [WAITING, BATTERY]],
    ['nothing', 'unknown', []],
  ] as const)('%s: %s', (_, said, files) => {
    expect(clockEvidence(machine(...files)).setByNetwork()).toBe(said);
  });

  it('changes when the network sets it', () => {
    const root = machine(WAITING);
    const { setByNetwork } = clockEvidence(root);
    expect(setByNetwork()).toBe('awaited');
    writeFileSync(path.join(root, SET), '');
    expect(setByNetwork()).toBe('yes');
  });

  it('names its run where the kernel does, and how long it has been up', () => {
    const run = clockEvidence(machine('proc/sys/kernel/random/boot_id')).machine();
    expect(run?.id).toBe('a text');
    expect(run?.upMs).toBeGreaterThan(0);
    expect(clockEvidence(machine()).machine()).toBeUndefined();
  });

  it('tells whether a battery keeps it', () => {
    expect([hasBatteryClock(machine(BATTERY)), hasBatteryClock(machine())]).toEqual([true, false]);
  });
});

describe('the doctor on the clock', () => {
  const NOON = instant(Date.parse('2026-11-22T12:00:00Z'));
  const facts = (said: 'yes' | 'unknown', hasBattery: boolean) => ({
    setByNetwork: () => said,
    hasBattery,
  });

  it('says how it is kept', async () => {
    expect(await lookAtClock(NOON, facts('yes', true))).toMatchObject({
      verdict: 'ok',
      says: expect.stringMatching(/a battery keeps it.*the network has set it/),
    });
    expect((await lookAtClock(NOON, facts('yes', false))).says).toMatch(/no battery keeps it/);
  });

  it.each([
    ['1970', 0],
    ['2039', Date.UTC(2039, 0, 1)],
  ])('finds a fault in one that says %s, whoever has set it', async (year, said) => {
    const finding = await lookAtClock(instant(said), facts('yes', true));
    expect(finding).toMatchObject({ verdict: 'fault' });
    expect(finding.says).toContain(`it is ${year}`);
  });
});

describe('our own time of day', () => {
  it('begins as the machine’s, and goes where its keeper moves it', () => {
    const clock = keptClock();
    expect(Math.abs(clock.wall() - clock.now())).toBeLessThan(1000);
    const [ours, steady] = [clock.now(), clock.steady()];
    clock.move(-86_400_000);
    const passed = clock.steady() - steady;
    expect(Math.abs(clock.now() - (ours - 86_400_000) - passed)).toBeLessThan(1000);
    expect(Number.isInteger(clock.now())).toBe(true);
  });
});

describe('a certificate whose dates do not hold', () => {
  const message = 'certificate is not yet valid';

  it('is explained by a clock that was never set', () => {
    expect(certificateWords('CERT_NOT_YET_VALID', message, instant(0))).toBe(
      `${message} (this machine’s clock says 1970-01-01T00:00:00.000Z: no certificate is valid then)`,
    );
    const late = certificateWords('CERT_HAS_EXPIRED', 'expired', instant(Date.UTC(2039, 0, 1)));
    expect(late).toMatch(/2039/);
  });

  it('is what it is while the clock can be right, and other errors are left alone', () => {
    const noon = instant(Date.parse('2026-11-22T12:00:00Z'));
    expect(certificateWords('CERT_NOT_YET_VALID', message, noon)).toBe(message);
    expect(certificateWords('ECONNREFUSED', 'refused', instant(0))).toBe('refused');
  });
});
