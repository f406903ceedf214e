// The simulator as it is started and asked by other programs: its command line, its control
// socket, its serial line and its MQTT devices together.
import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askSimulator } from '../../firmware-sim/control.ts';
import { ROOT, temporaryFolder, until } from '../tools.ts';
import { smallBroker } from './small-broker.ts';

const MAIN = path.join(ROOT, 'firmware-sim/main.ts');

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const simulate = (...words: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...words], (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });

interface Started {
  readonly folder: string;
  readonly link: string;
  readonly socket: string;
  readonly child: ChildProcess;
  readonly said: () => string;
}

async function started(...words: string[]): Promise<Started> {
  const folder = temporaryFolder();
  const [link, socket] = [path.join(folder, 'bins-line'), path.join(folder, 'sim.sock')];
  const flags = ['--pty', link, '--control', socket, '--every', '200ms', '--crew', 'off'];
  const child = spawn(process.execPath, [MAIN, ...flags, ...words]);
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => (said += String(chunk)));
  }
  await until('the socket is there', () => fs.existsSync(socket) || child.exitCode !== null);
  return { folder, link, socket, child, said: () => said };
}

interface Truth {
  readonly bins: readonly { id: string; level: number }[];
  readonly lamps: readonly { id: string; works: boolean }[];
  readonly pulled: readonly string[];
  readonly links: { readonly line: { readonly cable: string } };
}

async function truth(socket: string): Promise<Truth> {
  return (await askSimulator(socket, { method: 'GET', path: '/world' })).body as Truth;
}

const post = (socket: string, where: string, body = {}) =>
  askSimulator(socket, { method: 'POST', path: where, body });

describe('a running simulator', () => {
  it('speaks on the serial line and by MQTT, and leaves nothing behind when stopped', async () => {
    const broker = await smallBroker();
    onTestFinished(() => broker.die());
    const { link, socket, child, said } = await started('--mqtt', broker.url);
    const cat = spawn('cat', [link]);
    onTestFinished(() => void cat.kill());
    let heard = '';
    cat.stdout.on('data', (chunk) => (heard += String(chunk)));
    await until('both are heard', () => /\$k1,/.test(heard) && broker.heard.length > 20);
    expect(heard).toMatch(/^\$lamp-2[1-6],\d+,on=1,power=/m);
    expect(broker.heard.map(({ topic }) => topic)).toContain('courtyard/luyuan/meter-1/telemetry');
    expect(said()).toContain(`10 devices at ${broker.url}`);

    child.kill('SIGTERM');
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect(code).toBe(0);
    expect([link, socket].filter((file) => fs.existsSync(file))).toEqual([]);
    const wills = () => broker.heard.filter(({ payload }) => payload === 'offline');
    await until('all are offline', () => wills().length === 10);
  });

  it('keeps its socket to its owner', async () => {
    const { socket } = await started();
    expect(fs.statSync(socket).mode & 0o777).toBe(0o600);
  });

  it('fills, empties and mends on command', async () => {
    const { socket } = await started();
    const level = async () =>
      (await truth(socket)).bins.find(({ id }) => id === 'k1-haz')?.level ?? Number.NaN;
    await post(socket, '/bins/k1-haz/fill', { to: 0.95 });
    expect(await level()).toBeCloseTo(0.95, 2);
    await post(socket, '/bins/k1-haz/fill', { to: 0.2 });
    expect(await level()).toBeCloseTo(0.2, 2);
    await post(socket, '/bins/k1-haz/empty');
    expect(await level()).toBeCloseTo(0, 2);
    await post(socket, '/scenarios/lamp-dies', { target: 'lamp-22' });
    expect((await truth(socket)).lamps.filter(({ works }) => !works)).toMatchObject([
      { id: 'lamp-22' },
    ]);
    await post(socket, '/lamps/lamp-22/mend');
    expect((await truth(socket)).lamps.every(({ works }) => works)).toBe(true);
  });

  it('has no cable while it is pulled, and the same name after', async () => {
    const { socket, link, said } = await started();
    expect((await simulate('do', 'cable-pulled', '--control', socket)).code).toBe(0);
    expect(fs.existsSync(link)).toBe(false);
    expect((await truth(socket)).links.line.cable).toBe('out');
    expect((await simulate('undo', 'cable-pulled', '--control', socket)).code).toBe(0);
    expect(fs.readlinkSync(link)).toMatch(/^\/dev\/pts\/\d+$/);
    expect(said()).toMatch(/cable-pulled begins \(bins-line\)[^]+cable-pulled is over/);
  });

  it.each([
    ['POST', '/scenarios/earthquake', {}, 404, 'there is no scenario earthquake'],
    ['POST', '/scenarios/overflow', { target: 7 }, 400, 'target must be a string'],
    ['POST', '/scenarios/overflow', { target: 'lamp-01' }, 404, 'lamp-01 is none'],
    ['POST', '/bins/k9/empty', {}, 404, 'there is no bin k9'],
    ['POST', '/bins/k1-wet/fill', { to: 'brim' }, 400, 'to must be a number'],
    ['POST', '/lamps/k1-wet/mend', {}, 404, 'there is no lamp k1-wet'],
    ['DELETE', '/scenarios/overflow', {}, 409, 'is not playing'],
    ['GET', '/secrets', undefined, 404, 'nothing that can be asked'],
  ] as const)('answers %s %s %j with %i', async (method, where, body, status, words) => {
    const { socket } = await started();
    const answer = await askSimulator(socket, { method, path: where, ...(body ? { body } : {}) });
    expect(answer).toEqual({ status, body: { error: expect.stringContaining(words) } });
  });

  it('will not share its socket, but takes over a dead one’s', async () => {
    const { socket, child } = await started();
    const second = await simulate('--pty', `${socket}.line`, '--control', socket);
    expect(second).toMatchObject({ code: 1, err: expect.stringContaining('another simulator') });
    expect(fs.existsSync(`${socket}.line`)).toBe(false);

    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    expect(fs.existsSync(socket)).toBe(true);
    const heir = spawn(process.execPath, [MAIN, '--pty', `${socket}.line`, '--control', socket]);
    onTestFinished(() => void heir.kill('SIGKILL'));
    await until('it answers', async () => {
      const asked = askSimulator(socket, { method: 'GET', path: '/scenarios' });
      return asked.then(({ status }) => status === 200).catch(() => false);
    });
  });
});

describe('the command line', () => {
  it.each([
    ['nothing to speak through', [], 2],
    ['an option that is none', ['--colour', 'red'], 2],
    ['a span that is none', ['--pty', '/tmp/x', '--every', 'soon'], 2],
    ['a scenario that is none', ['--pty', '/tmp/x', '--scenario', 'earthquake'], 2],
    ['no socket to ask', ['do', 'overflow'], 2],
    ['nobody at the socket', ['do', 'overflow', '--control', '/tmp/nobody.sock'], 3],
    ['its help', ['--help'], 0],
    ['the list of scenarios', ['do', '--list'], 0],
  ])('given %s (%j) exits with %i', async (_, words, code) => {
    expect((await simulate(...words)).code).toBe(code);
  });

  it('lists every scenario in both languages, and what plays now', async () => {
    const { socket } = await started('--scenario', 'overflow:k2-dry');
    const { out } = await simulate('do', '--list', '--control', socket);
    expect(out).toMatch(/^overflow {2}A bin overflows · 垃圾桶满溢 {2}\(plays now\)$/m);
    expect(out).toMatch(/^lamp-dies {2}A lamp dies · 一盏灯熄灭$/m);
  });
});
