// The real gateway at the far end of a real pseudo-terminal: a cable that goes and comes back, and
// a line full of everything that a line can be full of.
import { readlinkSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { IntakeView } from '../../gateway/api/schemas.ts';
import { encodeLine } from '../../firmware-sim/encode.ts';
import { createPty, type Pty } from '../../firmware-sim/pty.ts';
import { randomFrom } from '../../firmware-sim/random.ts';
import { until } from '../tools.ts';
import { gatewayProcess, type GatewayProcess } from './gateway-process.ts';
import { LINK_SITE } from './link-site.ts';
import { stored } from './log-reader.ts';

const frame = (seq: number): Uint8Array =>
  encodeLine({ device: 'meter-1', seq, at: 0, numbers: { volume: 1000 + seq } });

it('a line that is cut and joined again is seen, written down, and heard again without a restart', async () => {
  const gateway = await gatewayProcess(LINK_SITE);
  const link = `${gateway.dir}/bins-line`;
  const first = plug(link);
  await gateway.start();
  await until('the line is open', async () => (await line(gateway)).state === 'up');
  await said(first, frame(1));
  await until('heard', async () => (await line(gateway)).stored === 1);

  const far = readlinkSync(link);
  first.close();
  await until('the loss is seen', async () => (await line(gateway)).state === 'down');
  expect((await line(gateway)).why).toContain('bins-line');
  // Another takes the freed number, as another cable would: the kernel's name is no identity.
  const other = plug(`${gateway.dir}/another`);
  const second = plug(link);
  expect(readlinkSync(link)).not.toBe(far);
  await until('it is back', async () => (await line(gateway)).state === 'up', 30_000);
  await said(second, frame(2));
  await until('heard again', async () => (await line(gateway)).stored === 2);
  other.close();

  expect(await line(gateway)).toMatchObject({ lost: 1, stored: 2, rejected: {} });
  expect(await gateway.stop()).toBe(0);
  const links = await stored(`${gateway.dir}/store`, 'link');
  const ofLine = links.filter(({ id }) => id === 'bins-line');
  expect(ofLine.map(({ state }) => state)).toEqual(['up', 'down', 'up']);
  expect((await stored(`${gateway.dir}/store`, 'reading')).map(({ seq }) => seq)).toEqual([1, 2]);
});

it('noise, cut and broken frames and an endless line are counted by reason, and no honest frame is lost', async () => {
  const gateway = await gatewayProcess(LINK_SITE);
  const wire = plug(`${gateway.dir}/bins-line`);
  await gateway.start();
  await until('the line is open', async () => (await line(gateway)).state === 'up');

  const hostile = HOSTILE.flatMap(({ bytes }, place) => [bytes, frame(place)]);
  for (const bytes of hostile) await said(wire, bytes);
  await until('all honest frames are stored', async () => {
    wire.write(LINE_END); // pushes on what the kernel had no room for; by itself it says nothing
    const { devices } = await gateway.get<IntakeView>('/api/v1/intake');
    const { stored: all = 0, rejected = {} } = devices.find(({ id }) => id === 'meter-1') ?? {};
    const refused = Object.values(rejected).reduce((sum, count) => sum + count, 0);
    return all - refused === HOSTILE.length;
  });

  const { rejected, skippedBytes, state, lost } = await line(gateway);
  expect(rejected).toEqual({
    'too-long': 1,
    malformed: 2,
    checksum: 1,
    'not-ascii': 1,
    'unknown-device': 1,
    'unknown-quantity': 1,
    'out-of-range': 1,
  });
  expect(skippedBytes).toBe(60_001);
  expect({ state, lost }).toEqual({ state: 'up', lost: 0 });
  expect(await gateway.stop()).toBe(0);
  expect((await stored(`${gateway.dir}/store`, 'reading')).map(({ seq }) => seq)).toEqual(
    HOSTILE.map((_, place) => place),
  );
});

const text = (line: string): Uint8Array => new TextEncoder().encode(line);
const report = (device: string, numbers: Record<string, number>): Uint8Array =>
  encodeLine({ device, seq: 950, at: 0, numbers });

/** Every byte but the line end, and no `$`: 60 kB of it, as at a wrong baud rate. */
function noise(length: number): Uint8Array {
  const random = randomFrom(7);
  const bytes = Uint8Array.from({ length }, () => Math.floor(random.uniform() * 256));
  return bytes.map((byte) => (byte === 0x0a || byte === 0x24 ? 0x55 : byte));
}

const LINE_END = text('\n');

const HOSTILE: readonly { readonly bytes: Uint8Array }[] = [
  { bytes: new Uint8Array([...noise(60_000), 0x0a]) },
  { bytes: text('$meter-1,900,volu\r\n') },
  { bytes: text('.volume=12*0000\r\n') },
  { bytes: text('$meter-1,901,volume=1*0000\r\n') },
  { bytes: new Uint8Array([0xf8, 0x00, 0xe0, 0xfe, 0x18, 0x80, 0x0d, 0x0a]) },
  { bytes: report('stranger', { volume: 1 }) },
  { bytes: report('meter-1', { smell: 4 }) },
  { bytes: report('meter-1', { volume: -1 }) },
];

function plug(link: string): Pty {
  const pty = createPty({ link });
  onTestFinished(() => pty.close());
  return pty;
}

/** Hands over all bytes, a little at a time: a pseudo-terminal holds 4 kB. */
async function said(pty: Pty, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; at += 1024) {
    const piece = bytes.subarray(at, at + 1024);
    await until('the far end reads', () => pty.write(piece) === 'sent');
    await setImmediate();
  }
}

async function line(gateway: GatewayProcess): Promise<IntakeView['sources'][number]> {
  const { sources } = await gateway.get<IntakeView>('/api/v1/intake');
  const found = sources.find(({ id }) => id === 'bins-line');
  if (!found) throw new Error('the site has a serial line');
  return found;
}
