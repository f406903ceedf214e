// `courtyard notice` as a person runs it: one trial over one channel, and what became of it.
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { startMailServer } from '../fakes/mail-server.ts';
import { startRobot } from '../fakes/robot-server.ts';
import { wallClock } from '../fakes/wall-clock.ts';
import { freePort, temporaryFolder } from '../tools.ts';
import { courtyard } from './command.ts';

function siteWith(channels: string, secrets: Readonly<Record<string, string>> = {}): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(secrets)) {
    writeFileSync(path.join(folder, name), `${text}\n`);
    chmodSync(path.join(folder, name), 0o600);
  }
  const file = path.join(folder, 'site.yaml');
  const place =
    '{ id: luyuan, name: 绿苑小区, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39, publicUrl: "https://luyuan.example" }';
  writeFileSync(file, `version: 1\nsite: ${place}\nchannels:\n${channels}`);
  return file;
}

const HOUSE = 'allowHosts: [127.0.0.1], allowPrivate: true';

describe('notice', { timeout: 60_000 }, () => {
  it('sends one letter to a robot, and says that it took it', async () => {
    const server = await startRobot({ kind: 'dingtalk', clock: wallClock(), secret: 'SECret' });
    const robot = 'kind: dingtalk, urlFile: ./duty.url, secretFile: ./duty.key';
    const secrets = { 'duty.url': server.url, 'duty.key': 'SECret' };
    const site = siteWith(`  - { id: duty, ${robot}, ${HOUSE} }\n`, secrets);
    const { code, out } = await courtyard(['notice', 'duty', '-c', site]);
    expect([code, out]).toEqual([0, 'duty (dingtalk) took it.\n']);
    expect(server.read).toHaveLength(1);
    expect(server.read[0]).toMatch(/^绿苑小区：试发[^]*#[0-9a-f]{4} https:\/\/luyuan\.example\/$/);
  });

  it('says why a robot did not, and never its address', async () => {
    const server = await startRobot({ kind: 'feishu', clock: wallClock() });
    server.behave({ code: 19_024, words: 'Key Words Not Found' });
    const secrets = { 'duty.url': server.url };
    const site = siteWith(
      `  - { id: duty, kind: feishu, urlFile: ./duty.url, ${HOUSE} }\n`,
      secrets,
    );
    const { code, out, err } = await courtyard(['notice', 'duty', '-c', site]);
    expect(code).toBe(1);
    expect(err).toContain(
      'duty (feishu) did not take it: answered 19024: none of the robot’s keywords is in the message',
    );
    expect(out + err).not.toContain('a-secret-key');
  });

  it('says the same as one JSON object where asked, and that a server is not there', async () => {
    const port = await freePort();
    const mail = `host: 127.0.0.1, port: ${port}, secure: none, allowPrivate: true`;
    const people = 'from: a@luyuan.example, to: [b@luyuan.example]';
    const site = siteWith(`  - { id: post, kind: email, ${mail}, ${people} }\n`);
    const { code, out } = await courtyard(['notice', 'post', '-c', site, '--json']);
    expect(code).toBe(3);
    expect(JSON.parse(out)).toEqual({
      channel: 'post',
      kind: 'email',
      told: 'try-later',
      why: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('sends one letter by mail', async () => {
    const server = await startMailServer();
    const mail = `host: 127.0.0.1, port: ${server.port}, secure: none, allowPrivate: true`;
    const people = 'from: a@luyuan.example, to: [b@luyuan.example]';
    const site = siteWith(`  - { id: post, kind: email, ${mail}, ${people} }\n`);
    const { code, out } = await courtyard(['notice', 'post', '-c', site, '--json']);
    expect([code, JSON.parse(out)]).toEqual([0, { channel: 'post', kind: 'email', told: 'told' }]);
    expect(server.taken).toHaveLength(1);
  });

  it('names the channels that there are where this one is not', async () => {
    const site = siteWith('  - { id: ops, kind: webhook, url: "https://ops.example/a" }\n');
    const { code, err } = await courtyard(['notice', 'duty', '-c', site]);
    expect(code).toBe(2);
    expect(err).toContain(`no channel duty in ${site}; there are ops`);
  });
});
