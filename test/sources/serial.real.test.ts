import { execFile } from 'node:child_process';
import { readFileSync, renameSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { a02yyuw } from '../../gateway/decode/a02yyuw.ts';
import { maxbotix } from '../../gateway/decode/maxbotix.ts';
import { createSerialSource, type SerialSettings } from '../../gateway/sources/serial.ts';
import { openFailure } from '../../gateway/sources/serial-port.ts';
import { handIntake, type HandIntake } from '../fakes/hand-intake.ts';
import { keptLog } from '../fakes/kept-log.ts';
import { wallClock } from '../fakes/wall-clock.ts';
import { has, ROOT, temporaryFolder, until } from '../tools.ts';
import { ptyPair } from './pty-pair.ts';

const run = promisify(execFile);

function startSerial(
  portPath: string,
  mode: 'at once' | 'by hand' = 'at once',
  how: Pick<SerialSettings, 'framing' | 'device'> = {},
) {
  const intake = handIntake(mode);
  const log = keptLog();
  const settings = { id: 'bins-line', path: portPath, baudRate: 9600, ...how };
  const source = createSerialSource(settings, { intake, log, clock: wallClock(20) });
  onTestFinished(async () => {
    intake.answerAll();
    await source.stop();
  });
  const heard = (count: number): Promise<void> =>
    until(`${count} lines are heard`, () => intake.offered.length >= count);
  const states = (): string[] => intake.links.map((change) => change.state);
  return { source, intake, log, heard, states };
}

const skippedIn = ({ losses }: HandIntake): number =>
  losses.reduce((sum, { reason, count }) => sum + (reason === 'skipped' ? count : 0), 0);

describe.skipIf(!has('socat'))('a serial line over a real pseudo-terminal', () => {
  it('hands on each line as the bytes that came, whole or cut, and counts them', async () => {
    const pty = await ptyPair(path.join(temporaryFolder(), 'ttyBins'));
    const { source, intake, heard } = startSerial(pty.path);
    await source.start();
    await pty.say('$k1,1,lid=1*0000\r\n$k1,2');
    await heard(1);
    await pty.say(',lid=0*0000\r\n');
    await pty.say(Buffer.from([0x00, 0xff, 0xfe, 0xc3, 0x28, 0x0d, 0x0a]));
    await heard(3);
    expect(intake.texts()).toEqual(['$k1,1,lid=1*0000', '$k1,2,lid=0*0000', '\0\xff\xfe\xc3(']);
    expect(intake.offered[0]).toMatchObject({ source: 'bins-line' });
    expect(source.health()).toMatchObject({ state: 'up', heard: 3, lost: 0, dropped: 0 });
  });

  it('a line that ends in CR alone is cut there, and its one device is named', async () => {
    const pty = await ptyPair(path.join(temporaryFolder(), 'ttySonar'));
    const { framing } = maxbotix;
    const { source, intake, heard } = startSerial(pty.path, 'at once', {
      framing,
      device: 'bin-7',
    });
    await source.start();
    await pty.say('R1234\rR12');
    await heard(1);
    await pty.say('35\rR1236\r');
    await heard(3);
    expect(intake.texts()).toEqual(['R1234', 'R1235', 'R1236']);
    expect(new Set(intake.offered.map((one) => one.device))).toEqual(new Set(['bin-7']));
  });

  it('binary frames are found by their checksum, wherever the line is joined', async () => {
    const pty = await ptyPair(path.join(temporaryFolder(), 'ttySonar'));
    const { framing } = a02yyuw;
    const { source, intake, heard } = startSerial(pty.path, 'at once', { framing });
    await source.start();
    await pty.say(Buffer.from('a1a7ff07a1a7ff0d0a16ff00', 'hex'));
    await heard(3);
    await pty.say(Buffer.from('fffe', 'hex'));
    await heard(4);
    expect(intake.offered.map((one) => Buffer.from(one.bytes).toString('hex'))).toEqual([
      'a1a7',
      'ff07a1a7',
      'ff0d0a16',
      'ff00fffe',
    ]);
    expect(intake.offered.map((one) => one.damage)).toEqual([
      'malformed',
      undefined,
      undefined,
      undefined,
    ]);
    expect(source.health()).toMatchObject({ heard: 4, skippedBytes: 2 });
  });

  it('an endless line is reported once, and the next line comes through', async () => {
    const pty = await ptyPair(path.join(temporaryFolder(), 'ttyBins'));
    const { source, intake, heard } = startSerial(pty.path);
    await source.start();
    await pty.say('A'.repeat(100_000));
    await heard(1);
    await pty.say('\r\n$k1,1\r\n');
    await heard(2);
    expect(intake.offered.map((one) => one.damage)).toEqual(['too-long', undefined]);
    expect(intake.offered[0]?.bytes).toHaveLength(1024);
    expect(source.health()).toMatchObject({ heard: 2, skippedBytes: 100_002 });
    await until('all of it is said to be lost', () => skippedIn(intake) === 100_002);
    expect(intake.losses.length).toBeLessThan(100);
  });

  it('a pulled cable is seen, shown with its reason, and mends itself', async () => {
    const name = path.join(temporaryFolder(), 'ttyBins');
    const first = await ptyPair(name);
    const { source, intake, log, heard, states } = startSerial(name);
    await source.start();
    await first.say('$k1,1\r\n$k1,2,half');
    await heard(1);
    await first.pull();
    await until('the loss is seen', () => source.health().state === 'down');
    await heard(2);
    expect(source.health()).toMatchObject({ lost: 1, why: expect.stringContaining(name) });
    const second = await ptyPair(name);
    await until('it is open again', () => source.health().state === 'up');
    await second.say('$k1,3\r\n');
    await heard(3);
    expect(intake.texts()).toEqual(['$k1,1', '$k1,2,half', '$k1,3']);
    expect(states()).toEqual(['up', 'down', 'up']);
    expect(log.lines.map((line) => line.replace(/(back after|down:) .*/, '$1'))).toEqual([
      'info open',
      'warn down:',
      'info back after',
    ]);
  });

  it('five pulled cables are five losses and five returns', async () => {
    const name = path.join(temporaryFolder(), 'ttyBins');
    let pty = await ptyPair(name);
    const { source, intake, heard } = startSerial(name);
    await source.start();
    for (let n = 1; n <= 5; n++) {
      await pty.say(`$k1,${n}\r\n`);
      await heard(n);
      await pty.pull();
      await until('the loss is seen', () => source.health().lost === n);
      pty = await ptyPair(name);
      await until('it is open again', () => source.health().state === 'up');
    }
    expect(intake.texts()).toEqual(Array.from({ length: 5 }, (_, n) => `$k1,${n + 1}`));
  });

  it('a name that is pointed at another port is followed, though the old one is still open', async () => {
    const folder = temporaryFolder();
    const [usb0, usb1] = [
      await ptyPair(path.join(folder, 'ttyUSB0')),
      await ptyPair(path.join(folder, 'ttyUSB1')),
    ];
    const byId = path.join(folder, 'usb-scale');
    symlinkSync(usb0.path, byId);
    const { source, intake, heard, states } = startSerial(byId);
    await source.start();
    await usb0.say('$k1,1\r\n');
    await heard(1);
    symlinkSync(usb1.path, `${byId}.new`);
    renameSync(`${byId}.new`, byId);
    await until('the loss is seen', () => source.health().lost === 1);
    expect(source.health().why).toContain('another device took its place');
    await until('it is open again', () => source.health().state === 'up');
    await usb0.say('$k9,1\r\n');
    await usb1.say('$k1,2\r\n');
    await heard(2);
    expect(intake.texts()).toEqual(['$k1,1', '$k1,2']);
    expect(states()).toEqual(['up', 'down', 'up']);
    const next = startSerial(usb0.path);
    await next.source.start();
    expect(next.source.health().state).toBe('up'); // the old port has been let go
  });

  it('a name that goes away is a loss, though the descriptor says nothing', async () => {
    const folder = temporaryFolder();
    const pty = await ptyPair(path.join(folder, 'ttyUSB0'));
    const byId = path.join(folder, 'usb-scale');
    symlinkSync(pty.path, byId);
    const { source } = startSerial(byId);
    await source.start();
    unlinkSync(byId);
    await until('the loss is seen', () => source.health().state === 'down');
    expect(source.health().lost).toBe(1);
  });

  it('a port that another program holds is said to be busy, and is taken when it is free', async () => {
    const pty = await ptyPair(path.join(temporaryFolder(), 'ttyBins'));
    const holder = startSerial(pty.path);
    await holder.source.start();
    const { source, heard } = startSerial(pty.path);
    await source.start();
    expect(source.health()).toMatchObject({ state: 'down', why: expect.stringContaining('busy') });
    await holder.source.stop();
    await until('it is taken', () => source.health().state === 'up');
    await pty.say('$k1,1\r\n');
    await heard(1);
  });

  it('an intake slower than the line costs lines, counted, and no more memory', async () => {
    const pty = await ptyPair(path.join(temporaryFolder(), 'ttyBins'));
    const { source, intake } = startSerial(pty.path, 'by hand');
    await source.start();
    const LINES = 6000;
    await pty.say(Array.from({ length: LINES }, (_, n) => `$k1,${n}\r\n`).join(''));
    await until('all are heard', () => source.health().heard === LINES);
    expect(intake.offered).toHaveLength(1);
    expect(source.health().dropped).toBe(LINES - 2000);
    expect(intake.losses.every(({ reason }) => reason === 'overflow')).toBe(true);
    expect(intake.losses.reduce((sum, { count }) => sum + count, 0)).toBe(LINES - 2000);
  });

  it('stopping hands on what was heard, then lets go of the port', async () => {
    const pty = await ptyPair(path.join(temporaryFolder(), 'ttyBins'));
    const { source, intake, heard } = startSerial(pty.path, 'by hand');
    await source.start();
    await pty.say('$k1,1\r\n$k1,2');
    await heard(1);
    let stopped = false;
    const stopping = source.stop().then(() => (stopped = true));
    await until('the unfinished line is heard', () => source.health().heard === 2);
    expect(stopped).toBe(false);
    intake.answerAll();
    await stopping;
    expect(intake.texts()).toEqual(['$k1,1', '$k1,2']);
    const next = startSerial(pty.path);
    await next.source.start();
    expect(next.source.health().state).toBe('up');
  });
});

describe.skipIf(!has('socat', 'strace'))('the form of a character', () => {
  // A pseudo-terminal has no wire: it takes 7 bits and makes 8 of them. So the kernel is overheard.
  it.each([
    [{}, ['CS8'], ['PARENB', 'PARODD', 'CSTOPB']],
    [{ dataBits: 7, parity: 'even' }, ['CS7', 'PARENB'], ['PARODD', 'CSTOPB']],
    [{ parity: 'odd', stopBits: 2 }, ['CS8', 'PARENB', 'PARODD', 'CSTOPB'], ['CS7']],
  ])('%j is asked of the kernel', async (form, asked, others) => {
    const folder = temporaryFolder();
    const pty = await ptyPair(path.join(folder, 'ttyScale'));
    const heard = path.join(folder, 'ioctl.txt');
    const opening = `import { openPort } from ${JSON.stringify(path.join(ROOT, 'gateway/sources/serial-port.ts'))};
      const port = await openPort(
        ${JSON.stringify({ path: pty.path, baudRate: 2400, ...form })},
        { bytes() {}, ended() {} },
        { now: () => Date.now(), after: () => () => {} },
      );
      await port.close();`;
    const node = [process.execPath, '--disable-warning=ExperimentalWarning', '--input-type=module'];
    await run('strace', ['-f', '-e', 'trace=ioctl', '-o', heard, ...node, '-e', opening]);
    const words = readFileSync(heard, 'utf8').match(/TCSETS, .*?c_cflag=([A-Z0-9|]+)/)?.[1];
    expect(words?.split('|')).toEqual(expect.arrayContaining(asked));
    expect(words?.split('|').filter((word) => others.includes(word))).toEqual([]);
  });
});

describe('a port that cannot be opened', () => {
  it('leaves the source down with what to do, and start resolves', async () => {
    const missing = path.join(temporaryFolder(), 'ttyNone');
    const { source, log } = startSerial(missing);
    await source.start();
    const why = `opening ${missing}: no such port; is the cable in, and the name as under /dev/serial/by-id?`;
    expect(source.health()).toMatchObject({ state: 'down', lost: 0, why });
    expect(log.lines).toEqual([`warn down: ${why}`]);
  });

  it('because it is a file is said to be none', async () => {
    const file = path.join(temporaryFolder(), 'notes.txt');
    writeFileSync(file, '');
    const { source } = startSerial(file);
    await source.start();
    expect(source.health().why).toContain('not a serial port');
  });

  it.each<[driver: string, words: string]>([
    ['Error: Permission denied, cannot open /dev/ttyUSB0', 'permission denied; add'],
    ['Error: Device or resource busy, cannot open /dev/ttyUSB0', 'busy; another program'],
    ['Error Resource temporarily unavailable Cannot lock port', 'busy; another program'],
    ['Error: Input/output error, cannot open /dev/ttyUSB0', 'the device behind it'],
    ['Error: Something new', 'something new'],
  ])('%s', (driver, words) => {
    const fault = openFailure('/dev/ttyUSB0', new Error(driver));
    expect(fault.code).toBe('port-unavailable');
    expect(fault.message).toContain(`opening /dev/ttyUSB0: ${words}`);
  });
});
