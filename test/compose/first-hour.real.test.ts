// The first hour as its page tells it: the site file from the page, a Mosquitto with a password, a
// scale on a real pseudo-terminal that speaks only when asked, a lamp that is switched off.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { gatewayProcess } from '../e2e/gateway-process.ts';
import { freePort, has, ROOT, temporaryFolder, until } from '../tools.ts';

const PASSWORD = 'the password';
const page = readFileSync(path.join(ROOT, 'docs/first-hour.md'), 'utf8');
const [, typed = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];

interface AssetSaid {
  readonly id: string;
  readonly latest: Record<string, { readonly value: number }>;
}
interface TicketSaid {
  readonly category: string;
  readonly asset: string;
  readonly state: string;
}

describe.runIf(has('mosquitto', 'mosquitto_pub', 'mosquitto_passwd', 'socat'))(
  'the first hour',
  () => {
    it('ends with a weight, a lamp, and one ticket', async () => {
      const dir = temporaryFolder();
      const port = await startMosquitto(dir);
      const gateway = await gatewayProcess(asTyped(startScale(dir), port));
      mkdirSync(`${gateway.dir}/secrets`, { mode: 0o700 });
      writeFileSync(`${gateway.dir}/secrets/house`, PASSWORD, { mode: 0o600 });
      await gateway.start();
      const latest = async (asset: string, quantity: string) =>
        (await gateway.get<AssetSaid[]>('/api/v1/assets')).find(({ id }) => id === asset)?.latest[
          quantity
        ]?.value;
      const tickets = () => gateway.get<TicketSaid[]>('/api/v1/tickets');

      await until('the scale answered', async () => (await latest('k1-scale', 'gross')) === 12.34);
      await until('the lamp is lit', async () => {
        tell(port, '{"power":28.4}'); // as its relay does again and again
        return (await latest('lamp-01', 'power')) === 28.4;
      });
      expect(await tickets()).toEqual([]);

      tell(port, '{"power":0}');
      await until('a ticket is open', async () => (await tickets()).length > 0);
      expect(await tickets()).toMatchObject([{ category: 'lamp', asset: 'lamp-01' }]);

      tell(port, '{"power":28.4}');
      await until('the alarm clears', async () => {
        const alarms = await gateway.get<{ state: string }[]>('/api/v1/alarms?state=all');
        return alarms.every(({ state }) => !state.startsWith('active'));
      });
      await until('the lamp’s own word closes it', async () =>
        (await tickets()).every(({ state }) => state === 'closed'),
      );
      expect(await tickets()).toHaveLength(1);
      expect(await gateway.stop()).toBe(0);
    });
  },
);

/** The page's site file with this run's ports and folder in it, and holds for the impatient. */
const asTyped = (scale: string, port: number): string =>
  typed
    .replace(/path: \S+/, `path: ${scale}`)
    .replace('mqtt://127.0.0.1:1883', `mqtt://127.0.0.1:${port}`)
    .replace('dir: ./data', 'dir: DIR/store')
    .replaceAll('holdFor: 1m', 'holdFor: 1s')
    .concat('http: { port: HTTP_PORT }\n');

/** With the three lines of the page's own configuration. */
async function startMosquitto(dir: string): Promise<number> {
  const port = await freePort();
  const passwords = `${dir}/passwords`;
  execFileSync('mosquitto_passwd', ['-b', '-c', passwords, 'devices', PASSWORD]);
  const [, lines = ''] = /printf '(listener 1883[^']*)'/.exec(page) ?? [];
  const config = lines
    .replaceAll(String.raw`\n`, '\n')
    .replace('listener 1883', `listener ${port} 127.0.0.1`)
    .replace('/etc/mosquitto/passwords', passwords);
  writeFileSync(`${dir}/mosquitto.conf`, config);
  chmodSync(dir, 0o755); // started as root it becomes another user, who reads the passwords
  chmodSync(passwords, 0o644);
  const broker = spawn('mosquitto', ['-c', `${dir}/mosquitto.conf`], { stdio: 'ignore' });
  onTestFinished(() => void broker.kill('SIGKILL'));
  await until('mosquitto takes the password', () => tell(port, '{}', 'courtyard/test') === 0);
  return port;
}

function tell(port: number, payload: string, topic = 'courtyard/luyuan/lamp-01/telemetry'): number {
  const who = ['-p', `${port}`, '-u', 'devices', '-P', PASSWORD];
  try {
    execFileSync('mosquitto_pub', [...who, '-q', '1', '-t', topic, '-m', payload], {
      stdio: 'ignore',
    });
    return 0;
  } catch {
    return 1;
  }
}

/** It answers each line that it hears with a stable weight. */
function startScale(dir: string): string {
  const script = `${dir}/answers.sh`;
  const answer = String.raw`printf 'S S      12.34 kg\r\n'`;
  writeFileSync(script, `#!/bin/sh\nwhile read -r asked; do ${answer}; done\n`, { mode: 0o755 });
  const link = `${dir}/scale`;
  const scale = spawn('socat', [`pty,raw,echo=0,link=${link}`, `EXEC:${script}`]);
  onTestFinished(() => void scale.kill('SIGKILL'));
  return link;
}
