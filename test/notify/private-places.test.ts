// Every way of writing an address of the house, and every way there: nobody's words on a letter, no
// robot's address and no name server may turn a channel against the machines beside us.
import { createServer } from 'node:net';
import type { AddressInfo, LookupFunction } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createEmail } from '../../gateway/notify/email.ts';
import type { Notifier } from '../../gateway/notify/notifier.ts';
import { publicOnly } from '../../gateway/notify/public-address.ts';
import { createRobot } from '../../gateway/notify/robot.ts';
import { createWebhook } from '../../gateway/notify/webhook.ts';
import { WECOM } from '../../gateway/notify/wecom.ts';
import { createHttpPost } from '../../gateway/ops/http-post.ts';
import { createNameLookup } from '../../gateway/ops/name-lookup.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { letter } from '../fakes/letters.ts';
import { wallClock } from '../fakes/wall-clock.ts';

const clock = handClock('2026-11-02T12:00:05+08:00');

/** A door of the house that must stay unopened; both families. */
async function guardedDoor() {
  let knocks = 0;
  const server = createServer((socket) => {
    knocks += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '::', resolve));
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, knocks: () => knocks };
}

/** As the app makes them, with a look-up of the test's own where it gives one. */
function channelsTo(host: string, port: number, own?: LookupFunction): readonly Notifier[] {
  const lookup = publicOnly(own ?? createNameLookup({ clock: wallClock() }));
  const out = () => createHttpPost({ connections: 1, lookup });
  const at = host.includes(':') ? `[${host}]` : host;
  const common = { allowPrivate: false, perMinute: 100 };
  const secretUrl = `https://${at}:${port}/send`;
  const allowHosts = [new URL(secretUrl).hostname];
  const all = [
    createRobot(WECOM, { ...common, id: 'robot', secretUrl, allowHosts }, { clock, out: out() }),
    createWebhook(
      { ...common, id: 'hook', url: `http://${at}:${port}/` },
      { site: 'luyuan', clock, out: out() },
    ),
    createEmail(
      {
        ...common,
        id: 'post',
        host,
        port,
        secure: 'none',
        from: 'a@b.example',
        to: ['c@d.example'],
      },
      { lookup },
    ),
  ];
  onTestFinished(() => all.forEach((each) => each.close()));
  return all;
}

describe('no channel reaches', () => {
  it.each([
    ['loopback', '127.0.0.1'],
    ['loopback beyond its first', '127.8.9.10'],
    ['loopback in short', '127.1'],
    ['loopback as one number', '2130706433'],
    ['loopback in hexadecimal', '0x7f000001'],
    ['loopback in octal', '0177.0.0.1'],
    ['nowhere, which is here', '0.0.0.0'],
    ['loopback of IPv6', '::1'],
    ['nowhere of IPv6', '::'],
    ['loopback mapped', '::ffff:127.0.0.1'],
    ['loopback mapped in hexadecimal', '::ffff:7f00:1'],
    ['loopback mapped in full', '0:0:0:0:0:ffff:7f00:1'],
    ['loopback behind a translator', '64:ff9b::7f00:1'],
    ['loopback behind a translator of the house', '64:ff9b:1::7f00:1'],
    ['loopback by 6to4', '2002:7f00:1::1'],
    ['loopback by Teredo', '2001:0:7f00:1::1'],
    ['link-local, where clouds keep their keys', '169.254.169.254'],
    ['link-local of IPv6', 'fe80::1'],
    ['the house', '192.168.1.1'],
    ['the house of IPv6', 'fd00::1'],
    ['a name of this machine', 'localhost'],
    ['that name with a dot behind it', 'localhost.'],
  ])(
    '%s: %s',
    async (_what, host) => {
      const door = await guardedDoor();
      for (const channel of channelsTo(host, door.port)) {
        const told = await channel.tell(letter(7));
        expect([channel.id, told.kind]).not.toContain('told');
        expect(told).toMatchObject({
          why: expect.stringMatching(/private|no such address|no answer|ENOTFOUND|EAI_AGAIN/),
        });
      }
      expect(door.knocks()).toBe(0);
    },
    60_000,
  );

  it('a name that leads into the house, and both ways out of it the public one only', async () => {
    const door = await guardedDoor();
    const asked: string[] = [];
    const lookup: LookupFunction = (name, _options, answer) => {
      asked.push(name);
      answer(null, [{ address: '127.0.0.1', family: 4 }]);
    };
    for (const channel of channelsTo('hook.example', door.port, lookup)) {
      expect(await channel.tell(letter(7))).toEqual({
        kind: 'try-later',
        why: 'hook.example is a private address',
      });
    }
    expect(asked).toEqual(['hook.example', 'hook.example', 'hook.example']);
    expect(door.knocks()).toBe(0);
  });

  it('a name that was public when it was asked for first', async () => {
    const door = await guardedDoor();
    let times = 0;
    const lookup: LookupFunction = (_name, _options, answer) => {
      times += 1;
      // A place on the net that is kept for papers: nothing answers there.
      answer(null, [{ address: times === 1 ? '203.0.113.1' : '127.0.0.1', family: 4 }]);
    };
    const judged = publicOnly(lookup);
    const ask = () =>
      new Promise((resolve) =>
        judged('rebound.example', { all: true }, (...said) => resolve(said)),
      );
    expect(await ask()).toEqual([null, [{ address: '203.0.113.1', family: 4 }]]);
    for (const channel of channelsTo('rebound.example', door.port, lookup)) {
      expect(await channel.tell(letter(7))).toMatchObject({ kind: 'try-later' });
    }
    expect(door.knocks()).toBe(0);
  });
});
