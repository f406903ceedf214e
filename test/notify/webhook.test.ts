import { createHmac } from 'node:crypto';
import { lookup } from 'node:dns';
import { describe, expect, it, onTestFinished } from 'vitest';
import { publicOnly } from '../../gateway/notify/public-address.ts';
import { createWebhook, type WebhookPlace } from '../../gateway/notify/webhook.ts';
import { createHttpPost } from '../../gateway/ops/http-post.ts';
import { seconds } from '../../gateway/domain/time.ts';
import { cleared, notice, RAISED_AT } from '../fakes/notices.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { freePort } from '../tools.ts';
import { type Reply, startReceiver } from './receiver.ts';

const clock = handClock('2026-11-02T12:00:05+08:00');

function webhookTo(url: string, changes: Partial<WebhookPlace> = {}) {
  const place = { id: 'ops', url, allowPrivate: true, ...changes };
  const look = place.allowPrivate ? lookup : publicOnly(lookup);
  const out = createHttpPost({
    connections: 8,
    lookup: (name, options, answer) => look(name, options, answer),
  });
  const webhook = createWebhook(place, { site: 'luyuan', clock, out });
  onTestFinished(() => webhook.close());
  return webhook;
}

describe('a webhook', () => {
  it('gets one CloudEvent for each change of an alarm', async () => {
    const { url, received } = await startReceiver(() => 204);
    const webhook = webhookTo(url);
    expect(await webhook.tell(notice(7))).toEqual({ kind: 'told' });
    expect(await webhook.tell(cleared(7))).toEqual({ kind: 'told' });
    expect(received.map(({ headers }) => headers['content-type'])).toEqual([
      'application/cloudevents+json; charset=utf-8',
      'application/cloudevents+json; charset=utf-8',
    ]);
    expect(received.map(({ body }) => JSON.parse(body))).toEqual([
      {
        specversion: '1.0',
        id: 'A7:raised',
        source: '/sites/luyuan',
        type: 'org.courtyard.alarm.raised',
        subject: 'k1-wet',
        time: '2026-11-02T04:00:00.000Z',
        datacontenttype: 'application/json',
        data: {
          alarm: 'A7',
          rule: 'bin-full',
          severity: 'medium',
          asset: 'k1-wet',
          name: '1号湿垃圾桶',
          station: 'k1',
          text: 'fill above 90 % for 10m',
          quantity: 'fill',
          value: 0.93,
          unit: 'ratio',
          raisedAt: '2026-11-02T04:00:00.000Z',
        },
      },
      expect.objectContaining({
        id: 'A7:cleared',
        type: 'org.courtyard.alarm.cleared',
        time: '2026-11-02T04:01:00.000Z',
        data: expect.objectContaining({ clearedAt: '2026-11-02T04:01:00.000Z' }),
      }),
    ]);
  });

  it.each([
    ['any text', 'correct horse battery', Buffer.from('correct horse battery')],
    ['as the specification writes it', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', undefined],
  ])('is signed with its secret: %s', async (_title, secret, bytes) => {
    const key = bytes ?? Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
    const { url, received } = await startReceiver(() => 200);
    await webhookTo(url, { secret }).tell(notice(7));
    const [{ headers, body } = { headers: {}, body: '' }] = received;
    const stamp = String(RAISED_AT / 1000 + 5);
    const digest = createHmac('sha256', key).update(`A7:raised.${stamp}.${body}`).digest('base64');
    expect(headers).toMatchObject({
      'webhook-id': 'A7:raised',
      'webhook-timestamp': stamp,
      'webhook-signature': `v1,${digest}`,
    });
  });

  it('keeps its connections and has several requests under way at once', async () => {
    let waiting: (() => void)[] = [];
    const { url, received, connections } = await startReceiver(() => (response) => {
      waiting.push(() => response.writeHead(200).end());
      if (waiting.length < 8) return;
      waiting.forEach((answer) => answer());
      waiting = [];
    });
    const webhook = webhookTo(url);
    const numbers = Array.from({ length: 64 }, (_, index) => index);
    const told = await Promise.all(numbers.map((number) => webhook.tell(notice(number))));
    expect(new Set(told.map(({ kind }) => kind))).toEqual(new Set(['told']));
    expect(received).toHaveLength(64);
    expect(connections()).toBe(8);
  });

  it.each<[string, Reply, object]>([
    ['a server error', 500, { kind: 'try-later', why: 'answered 500' }],
    ['a revoked token', 401, { kind: 'try-later', why: 'answered 401' }],
    ['a wrong path', 404, { kind: 'try-later', why: 'answered 404' }],
    [
      'a redirect',
      (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      {
        kind: 'never',
        why: 'answered 302: it redirects to 127.0.0.1, and redirects are not followed',
      },
    ],
    [
      'too many',
      (response) => response.writeHead(429, { 'retry-after': '7' }).end(),
      { kind: 'try-later', why: 'answered 429', after: seconds(7) },
    ],
    ['nonsense to it', 400, { kind: 'never', why: 'answered 400' }],
    ['nobody home any more', 410, { kind: 'never', why: 'answered 410' }],
    [
      'a broken line',
      (response) => response.destroy(),
      { kind: 'try-later', why: 'socket hang up' },
    ],
  ])('hears of %s', async (_title, reply, expected) => {
    const { url, received } = await startReceiver(() => reply);
    expect(await webhookTo(url).tell(notice(7))).toEqual(expected);
    expect(received).toHaveLength(1);
  });

  it('hears of nobody there', async () => {
    const told = await webhookTo(`http://127.0.0.1:${await freePort()}/`).tell(notice(7));
    expect(told).toMatchObject({ kind: 'try-later', why: expect.stringContaining('ECONNREFUSED') });
  });

  it('takes a resting connection that was closed under its hands for no failure', async () => {
    let count = 0;
    const { url, received } = await startReceiver(() => {
      count += 1;
      return count === 2 ? (response) => response.destroy() : 200;
    });
    const webhook = webhookTo(url);
    expect(await webhook.tell(notice(1))).toEqual({ kind: 'told' });
    expect(await webhook.tell(notice(2))).toEqual({ kind: 'told' });
    expect(received).toHaveLength(3);
  });

  it('waits for no answer longer than five seconds, and for none once it is closed', async () => {
    const { url } = await startReceiver(() => () => undefined);
    const webhook = webhookTo(url);
    expect(await webhook.tell(notice(7))).toEqual({
      kind: 'try-later',
      why: 'no answer within 5s',
    });
    const silent = webhook.tell(notice(8));
    webhook.close();
    expect(await silent).toEqual({ kind: 'try-later', why: 'closing' });
  }, 20_000);

  it.each([
    '127.0.0.1',
    '[::1]',
    '0x7f000001',
    '2130706433',
    '169.254.169.254',
    '[::ffff:10.0.0.1]',
  ])('reaches nothing of the house unless it may: %s', async (host) => {
    const { port, received } = await startReceiver(() => 200);
    const told = await webhookTo(`http://${host}:${port}/`, { allowPrivate: false }).tell(
      notice(7),
    );
    expect(told).toMatchObject({ kind: 'try-later', why: expect.stringContaining('private') });
    expect(received).toEqual([]);
  });

  it('nor by a name that leads there', async () => {
    const { port, received } = await startReceiver(() => 200);
    const webhook = webhookTo(`http://localhost:${port}/`, { allowPrivate: false });
    expect(await webhook.tell(notice(7))).toEqual({
      kind: 'try-later',
      why: 'localhost is a private address',
    });
    expect(received).toEqual([]);
  });
});
