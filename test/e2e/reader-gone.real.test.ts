// `courtyard demo | head`: whoever read us has gone, and we go too, without a word about it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ROOT, temporaryFolder } from '../tools.ts';

it('a demo whose reader goes away ends by itself, in order and quietly', async () => {
  const dir = temporaryFolder();
  const words = ['demo', '--port', '0', '--mqtt-port', '0', '--dir', dir];
  const child = spawn(path.join(ROOT, 'bin/courtyard'), words, {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let complaints = '';
  child.stderr.on('data', (bytes: Buffer) => (complaints += bytes.toString()));
  await once(child.stdout, 'data');
  child.stdout.destroy(); // before the addresses are printed
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(complaints).not.toMatch(/EPIPE|^\s+at /m);
  expect(code).toBe(0);
});
