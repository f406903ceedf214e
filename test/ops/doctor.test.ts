import { symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { instant } from '../../gateway/domain/time.ts';
import { examine, type Patient } from '../../gateway/ops/doctor.ts';
import { lookAtSpace, lookAtSync } from '../../gateway/ops/look-disk.ts';
import { lookAtClock, lookAtNode, lookAtScreens, powerOf } from '../../gateway/ops/look-machine.ts';
import { lookAtDoor, lookBeyond } from '../../gateway/ops/look-net.ts';
import { lookAtSerial } from '../../gateway/ops/look-serial.ts';
import { freePort, temporaryFolder } from '../tools.ts';

const NOON = instant(Date.parse('2026-11-20T12:00:00+08:00'));
const saying = (verdict: string, words: RegExp) =>
  expect.objectContaining({ verdict, says: expect.stringMatching(words) });

describe('a serial port', () => {
  it('that is not there does not answer', () => {
    const place = { id: 'line', path: '/dev/serial/by-id/usb-none' };
    expect(lookAtSerial(place, 'stopped')).toEqual(saying('unreachable', /is not there/));
  });

  it('that is a file is no port', () => {
    const file = `${temporaryFolder()}/line`;
    writeFileSync(file, '');
    const finding = lookAtSerial({ id: 'line', path: file }, 'stopped');
    expect(finding).toEqual(saying('fault', /is no device/));
  });

  it('is found through the name that stays', () => {
    const link = `${temporaryFolder()}/by-id`;
    symlinkSync('/dev/null', link);
    const finding = lookAtSerial({ id: 'line', path: link }, 'running');
    expect(finding).toEqual(saying('ok', /is there|is held/));
  });
});

describe('a door', () => {
  const opened = async (): Promise<number> => {
    const server: Server = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    return port;
  };
  const door = (port: number) => ({ about: 'HTTP', host: '127.0.0.1', port });

  it('of ours is free, ours, or somebody else’s', async () => {
    const [free, open] = [await freePort(), await opened()];
    expect(await lookAtDoor(door(free), 'stopped')).toEqual(saying('ok', /is free/));
    expect(await lookAtDoor(door(open), 'running')).toEqual(saying('ok', /the gateway answers/));
    expect(await lookAtDoor(door(open), 'stopped')).toEqual(saying('fault', /another program/));
    expect(await lookAtDoor(door(free), 'running')).toEqual(saying('unreachable', /not answer/));
  });

  it('of others is open or not', async () => {
    expect(await lookBeyond(door(await opened()))).toEqual(saying('ok', /answers/));
    expect(await lookBeyond(door(await freePort()))).toEqual(saying('unreachable', /ECONNREFUSED/));
  });
});

describe('the machine', () => {
  it.each([
    ['throttled=0x0', 'ok', /never short/],
    ['throttled=0x50000', 'warn', /since the start: under-voltage, throttled/],
    ['throttled=0x50005', 'fault', /now: under-voltage, throttled/],
    ['throttled=0x80008', 'fault', /now: hot/],
    ['VCHI initialization failed', 'warn', /says VCHI/],
  ])('vcgencmd says %s: %s', (told, verdict, words) => {
    expect(powerOf(told)).toEqual(saying(verdict, words));
  });

  it('has a clock that was set some time', async () => {
    expect(await lookAtClock(instant(0))).toEqual(saying('fault', /1970.*never set/));
    expect((await lookAtClock(NOON)).verdict).not.toBe('fault');
  });

  it('runs on a Node that can', async () => {
    expect(await lookAtNode(process.execPath)).toEqual(saying('ok', /^v2/));
    expect(await lookAtNode('/bin/false')).toEqual(saying('fault', /too old/));
  });

  it('lacks the screens where nobody built them', () => {
    expect(lookAtScreens(temporaryFolder())).toEqual(saying('warn', /not built/));
  });

  it('has a disk, though the store’s folder is not there yet', () => {
    const dir = `${temporaryFolder()}/not/yet`;
    expect(lookAtSpace(dir).says).toContain(dir);
    expect(lookAtSync(dir).says).toMatch(/fsync takes [\d.]+ (?:µs|ms)/);
  });
});

describe('an examination', () => {
  const patient = (changed: Partial<Patient> = {}): Patient => ({
    now: NOON,
    home: temporaryFolder(),
    node: process.execPath,
    storeDir: temporaryFolder(),
    gateway: 'stopped',
    serial: [],
    doors: [],
    beyond: [],
    inspectStore: () => undefined,
    ...changed,
  });
  const about = async (what: string, changed: Partial<Patient>) =>
    (await examine(patient(changed))).find((finding) => finding.about === what);

  it('of a store tells new, sound, damaged and newer', async () => {
    const facts = { format: 1, isKnownFormat: true, records: 7, damage: [] };
    const store = (inspectStore: Patient['inspectStore']) => about('store', { inspectStore });
    expect(await store(() => undefined)).toEqual(saying('ok', /none in/));
    expect(await store(() => facts)).toEqual(saying('ok', /7 records, sound/));
    expect(await store(() => ({ ...facts, damage: ['page 3 is never used'] }))).toEqual(
      saying('fault', /page 3/),
    );
    expect(await store(() => ({ ...facts, isKnownFormat: false }))).toEqual(
      saying('fault', /newer/),
    );
  });

  it('of InfluxDB asks it, where there is one', async () => {
    expect(await about('InfluxDB', {})).toBeUndefined();
    const silent = { pingInflux: () => Promise.resolve({ kind: 'silent' } as const) };
    expect(await about('InfluxDB', silent)).toEqual(saying('unreachable', /no answer/));
  });

  it('goes on when one look fails, and says so', async () => {
    const inspectStore = (): never => {
      throw new Error('permission denied');
    };
    const findings = await examine(patient({ inspectStore }));
    expect(findings).toContainEqual(saying('warn', /could not be looked at: permission denied/));
    expect(findings.length).toBeGreaterThan(5);
  });

  it('gives every finding that is not fine a cure', async () => {
    const findings = await examine(
      patient({
        serial: [{ id: 'x', path: '/dev/none' }],
        beyond: [{ about: 'b', host: '127.0.0.1', port: await freePort() }],
      }),
    );
    const uncured = findings.filter(({ verdict, cure }) => verdict !== 'ok' && cure === undefined);
    expect(uncured).toEqual([]);
    expect(findings.filter(({ verdict }) => verdict === 'unreachable')).toHaveLength(2);
  });
});
