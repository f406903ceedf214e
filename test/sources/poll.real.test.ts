// A balance that speaks only when it is asked, at the other end of a real pseudo-terminal.
import path from 'node:path';
import { SerialPort } from 'serialport';
import { describe, expect, it, onTestFinished } from 'vitest';
import { mtSics } from '../../gateway/decode/mt-sics.ts';
import { seconds } from '../../gateway/domain/time.ts';
import { createSerialSource } from '../../gateway/sources/serial.ts';
import { handIntake } from '../fakes/hand-intake.ts';
import { keptLog } from '../fakes/kept-log.ts';
import { wallClock } from '../fakes/wall-clock.ts';
import { has, temporaryFolder, until } from '../tools.ts';
import { ptyPair } from './pty-pair.ts';

const ANSWER = 'S S     31.25 kg\r\n';

function balanceAt(far: string, echo = ''): { readonly asked: () => string } {
  let asked = '';
  const port = new SerialPort({ path: far, baudRate: 9600 });
  port.on('error', () => {}); // its cable is pulled
  port.on('data', (bytes: Buffer) => {
    asked += bytes.toString('latin1');
    if (echo !== '') port.write(Buffer.concat([bytes, Buffer.from(echo)]));
    if (asked.endsWith('SI\r\n')) port.write(ANSWER);
  });
  onTestFinished(() => {
    if (port.isOpen) port.close();
  });
  return { asked: () => asked };
}

describe.skipIf(!has('socat'))('a serial line on which the device is asked', () => {
  it('hears an answer for each command, and asks again by itself after a pulled cable', async () => {
    const name = path.join(temporaryFolder(), 'ttyBalance');
    const intake = handIntake();
    const source = createSerialSource(
      {
        id: 'platform',
        path: name,
        baudRate: 9600,
        framing: mtSics.framing,
        device: 'balance',
        poll: { send: 'SI\r\n', every: seconds(1) },
      },
      { intake, log: keptLog(), clock: wallClock(20) },
    );
    onTestFinished(() => source.stop());

    const first = await ptyPair(name);
    const balance = balanceAt(`${name}.far`);
    await source.start();
    await until('three answers are heard', () => intake.offered.length >= 3);
    expect(new Set(balance.asked().match(/[^\n]*\n?/g))).toEqual(new Set(['SI\r\n', '']));
    expect(intake.offered[0]).toMatchObject({ source: 'platform', device: 'balance' });
    expect(intake.texts()[0]).toBe(ANSWER.trimEnd());

    await first.pull();
    await until('the loss is seen', () => source.health().state === 'down');
    const heard = intake.offered.length;
    await ptyPair(name);
    balanceAt(`${name}.far`);
    await until('it answers again', () => intake.offered.length > heard);
    expect(source.health()).toMatchObject({ state: 'up', lost: 1 });
  });

  it('takes an echo of its own command for a line like any other: refused, and answered by nothing', async () => {
    const name = path.join(temporaryFolder(), 'ttyBalance');
    const intake = handIntake();
    const poll = { send: 'SI\r\n', every: seconds(1) };
    const source = createSerialSource(
      { id: 'platform', path: name, baudRate: 9600, framing: mtSics.framing, device: 'b', poll },
      { intake, log: keptLog(), clock: wallClock(20) },
    );
    onTestFinished(() => source.stop());
    await ptyPair(name);
    balanceAt(`${name}.far`, 'S S     12.00 kg\r\n'); // and an old line with it
    await source.start();
    await until('five answers are heard', () => intake.offered.length >= 15);
    const { asked = 0, heard } = source.health();
    expect(heard).toBeLessThanOrEqual(3 * asked);
    const echo = intake.offered.find(({ bytes }) => Buffer.from(bytes).toString() === 'SI');
    expect(echo && mtSics.decode(echo, {})).toMatchObject({
      frames: [],
      refused: [{ reason: 'malformed' }],
    });
  });
});
