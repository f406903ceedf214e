// A real pseudo-terminal, read by the programs that will read it.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { SerialPort } from 'serialport';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Pty } from '../../firmware-sim/pty.ts';
import { createPty } from '../../firmware-sim/pty.ts';
import { temporaryFolder, until } from '../tools.ts';

/** Every byte there is, and what a terminal that is not raw would have made something else of. */
const EVERY_BYTE = Uint8Array.from({ length: 256 }, (_, index) => index);

function plugged(link = path.join(temporaryFolder(), 'bins-line')): Pty & { link: string } {
  const pty = createPty({ link });
  onTestFinished(() => pty.close());
  return { ...pty, link };
}

async function opened(link: string): Promise<{ port: SerialPort; heard: () => Buffer }> {
  const port = new SerialPort({ path: link, baudRate: 9600, autoOpen: false });
  const chunks: Buffer[] = [];
  port.on('data', (chunk: Buffer) => chunks.push(chunk));
  await new Promise<void>((resolve, reject) =>
    port.open((error) => (error ? reject(error) : resolve())),
  );
  onTestFinished(() => void (port.isOpen && port.close()));
  return { port, heard: () => Buffer.concat(chunks) };
}

/** `cat`, once it has heard something; `end` resolves when the port hung up on it. */
async function listener(pty: Pty & { link: string }) {
  const cat = spawn('cat', [pty.link]);
  onTestFinished(() => void cat.kill());
  const end = new Promise<void>((resolve) => cat.once('exit', () => resolve()));
  let text = '';
  cat.stdout.on('data', (chunk) => (text += String(chunk)));
  await until('cat hears', () => {
    pty.write(line('hello'));
    return text.endsWith('\n');
  });
  return { heard: () => text, end };
}

const line = (text: string) => Buffer.from(`${text}\r\n`);

describe('a pseudo-terminal', () => {
  it('brings every byte unchanged to a serial port, and back', async () => {
    const pty = plugged();
    const { port, heard } = await opened(pty.link);
    expect(pty.write(EVERY_BYTE)).toBe('sent');
    await until('all is heard', () => heard().length === 256);
    expect(heard()).toEqual(Buffer.from(EVERY_BYTE));

    port.write(Buffer.from(EVERY_BYTE));
    let back = Buffer.alloc(0);
    await until('all came back', () => {
      back = Buffer.concat([back, pty.read()]);
      return back.length === 256;
    });
    expect(back).toEqual(Buffer.from(EVERY_BYTE));
  });

  it('is read by `cat`', async () => {
    const { heard } = await listener(plugged());
    expect(heard()).toMatch(/^(hello\r\n)+$/);
  });

  it('says that nobody listens, and keeps nothing for who comes later', async () => {
    const pty = plugged();
    expect(pty.write(line('before'))).toBe('unheard');
    const first = await opened(pty.link);
    expect(pty.write(line('during'))).toBe('sent');
    await until('it is heard', () => first.heard().length === 8);
    await new Promise<void>((resolve) => first.port.close(() => resolve()));
    expect(pty.write(line('between'))).toBe('unheard');
    const second = await opened(pty.link);
    expect(pty.write(line('after'))).toBe('sent');
    await until('it is heard', () => second.heard().length > 0);
    expect(second.heard().toString()).toBe('after\r\n');
  });

  it('neither waits for a reader that sleeps nor cuts a line in two', async () => {
    const pty = plugged();
    const { port, heard } = await opened(pty.link);
    port.pause();
    const text = 'x'.repeat(97);
    let sent = 0;
    while (pty.write(line(text)) === 'sent') sent += 1;
    expect(pty.write(line('lost'))).toBe('full');
    port.resume();
    await until('there is room again', () => pty.write(line(text)) === 'sent');
    await until('all lines came', () => heard().length === (sent + 1) * 99);
    const lines = heard().toString().trimEnd().split('\r\n');
    expect(new Set(lines)).toEqual(new Set([text]));
  });
});

describe('a cable', () => {
  it('that is pulled hangs up on whoever reads, and its name is gone', async () => {
    const pty = plugged();
    const { heard, end } = await listener(pty);
    pty.close();
    await end;
    expect(heard()).toMatch(/^(hello\r\n)+$/);
    expect(fs.lstatSync(pty.link, { throwIfNoEntry: false })).toBeUndefined();
    expect(pty.write(line('into the air'))).toBe('unheard');
  });

  it('that comes back speaks under the same name, to a serial port too', async () => {
    const pty = plugged();
    const { end } = await listener(pty);
    pty.close();
    const again = plugged(pty.link);
    await end;
    const { heard } = await opened(pty.link);
    expect(again.write(line('back'))).toBe('sent');
    await until('it is heard', () => heard().toString() === 'back\r\n');
  });

  it('is pulled for a reader although a child process was started in between', async () => {
    const pty = plugged();
    const child = spawn('sleep', ['60']);
    onTestFinished(() => void child.kill());
    const { end } = await listener(pty);
    pty.close();
    await end;
    expect(child.exitCode).toBeNull();
  });

  it('leaves alone a name that is somebody else’s', () => {
    const file = path.join(temporaryFolder(), 'notes.txt');
    fs.writeFileSync(file, 'mine');
    expect(() => createPty({ link: file })).toThrow('it stays as it is');
    expect(fs.readFileSync(file, 'utf8')).toBe('mine');

    const pty = plugged();
    const other = plugged(pty.link);
    pty.close();
    expect(fs.readlinkSync(pty.link)).toBe(other.path);
  });
});
