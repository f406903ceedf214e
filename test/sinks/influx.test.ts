import { describe, expect, it } from 'vitest';
import { instant, seconds, milliseconds } from '../../gateway/domain/time.ts';
import { createInfluxSink } from '../../gateway/sinks/influx.ts';
import type { InfluxPlace } from '../../gateway/sinks/influx-write.ts';
import { freePort } from '../tools.ts';
import { kiosk, readingOf } from './kiosk.ts';
import { wayOut } from './way-out.ts';
import { stubbornInflux } from './stubborn-influx.ts';
import type { Reply } from './stubborn-influx.ts';

const sinkAt = (url: string, changes: Partial<InfluxPlace> = {}) =>
  createInfluxSink(
    { url, database: 'courtyard', timeout: seconds(5), ...changes },
    { compound: kiosk, out: wayOut() },
  );
const json = { 'content-type': 'application/json' };
const error = (status: number, words: string): Reply => ({
  status,
  headers: json,
  body: JSON.stringify({ error: words }),
});
const accepted: Reply = { status: 204 };
const readings = (count: number) =>
  Array.from({ length: count }, (_, index) => readingOf(index + 1));

describe('what is sent', () => {
  it('is lines with their nanoseconds, to the database of the site file', async () => {
    const { url, asked } = await stubbornInflux(() => accepted);
    const place = { username: 'gate', password: 'pass:wörd' };
    expect(await sinkAt(`${url}/proxied/`, place).deliver(readings(2))).toEqual({
      kind: 'accepted',
    });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.path).toBe('/proxied/write?db=courtyard&precision=ns');
    expect(asked[0]?.lines).toHaveLength(2);
    const pair = Buffer.from(asked[0]?.auth.replace('Basic ', '') ?? '', 'base64').toString();
    expect(pair).toBe('gate:pass:wörd');
  });

  it('is never what a clock said that was never set, and the rest is sent', async () => {
    const { url, asked } = await stubbornInflux(() => accepted);
    const records = [
      readingOf(1, { observedAt: instant(0) }),
      readingOf(2),
      readingOf(3, { observedAt: instant(Date.UTC(2106, 1, 7)) }),
    ];
    expect(await sinkAt(url).deliver(records)).toEqual({
      kind: 'parked',
      parked: [
        { sequence: 1, words: 'time outside 2020 to 2036: 0 ms since 1970' },
        { sequence: 3, words: 'time outside 2020 to 2036: 4294944000000 ms since 1970' },
      ],
    });
    expect(asked.map(({ lines }) => lines.length)).toEqual([1]);
  });

  it('is nothing where there is nothing for it in the batch', async () => {
    const { url, asked } = await stubbornInflux(() => accepted);
    const records = [readingOf(1, { doubt: 'jump' }), readingOf(2, { asset: 'gone' })];
    expect(await sinkAt(url).deliver(records)).toEqual({
      kind: 'parked',
      parked: [{ sequence: 2, words: 'asset gone is not in the site file' }],
    });
    expect(asked).toEqual([]);
  });
});

describe('an answer that keeps the batch', () => {
  const page = { status: 502, headers: { 'content-type': 'text/html' }, body: '<h1>Bad gateway' };
  const slowly = seconds(30);
  it.each<[string, Reply, { why: string; after?: number }]>([
    ['a revoked token', error(401, 'unauthorized'), { why: '401: unauthorized', after: slowly }],
    ['no right to write', error(403, 'forbidden'), { why: '403: forbidden', after: slowly }],
    [
      'a wrong path',
      { status: 404, body: '404 page not found' },
      { why: '404: 404 page not found', after: slowly },
    ],
    ['a server error', error(500, 'engine: timeout'), { why: '500: engine: timeout' }],
    ['a proxy’s page', page, { why: '502: an HTML page' }],
    [
      'a proxy’s page as 400',
      { ...page, status: 400 },
      { why: '400: an HTML page', after: slowly },
    ],
    [
      'another server that says yes',
      { ...page, status: 200 },
      { why: 'not InfluxDB? 200: an HTML page', after: slowly },
    ],
    [
      'too many requests',
      { status: 429, headers: { 'retry-after': '7' } },
      { why: '429', after: seconds(7) },
    ],
    [
      'too many requests, for a year',
      { status: 429, headers: { 'retry-after': '31536000' } },
      { why: '429', after: seconds(3600) },
    ],
    ['overload', error(503, 'busy'), { why: '503: busy' }],
    [
      'overload until a date on its own clock',
      {
        status: 503,
        headers: {
          date: 'Sun, 01 Nov 2026 04:00:00 GMT',
          'retry-after': 'Sun, 01 Nov 2026 04:01:30 GMT',
        },
      },
      { why: '503', after: seconds(90) },
    ],
    [
      'overload, with nonsense for a date',
      { status: 429, headers: { 'retry-after': 'soon' } },
      { why: '429' },
    ],
    [
      'a redirect',
      { status: 307, headers: { location: 'http://elsewhere/' } },
      { why: '307: sent on to http://elsewhere/', after: slowly },
    ],
  ])('%s', async (_title, reply, expected) => {
    const { url, asked } = await stubbornInflux(() => reply);
    expect(await sinkAt(url).deliver(readings(5))).toEqual({ kind: 'keep', ...expected });
    expect(asked).toHaveLength(1);
  });

  it('none, a broken connection, a drip without end: each within the time-out', async () => {
    for (const reply of ['hang', 'drip'] as const) {
      const { url } = await stubbornInflux(() => reply);
      const began = performance.now();
      const delivery = await sinkAt(url, { timeout: milliseconds(300) }).deliver(readings(1));
      expect(delivery).toEqual({ kind: 'keep', why: 'no answer within 300ms' });
      expect(performance.now() - began).toBeLessThan(1500);
    }
    const { url } = await stubbornInflux(() => 'reset');
    expect(await sinkAt(url).deliver(readings(1))).toMatchObject({ kind: 'keep' });
  });

  it('a flood of words is cut off', async () => {
    const { url } = await stubbornInflux(() => 'flood');
    const delivery = await sinkAt(url).deliver(readings(1));
    expect(delivery).toEqual({ kind: 'keep', why: `500: ${'x'.repeat(300)}` });
  });

  it('nobody there', async () => {
    const delivery = await sinkAt(`http://127.0.0.1:${await freePort()}`).deliver(readings(1));
    expect(delivery).toMatchObject({ kind: 'keep', why: expect.stringContaining('ECONNREFUSED') });
  });

  it('is not waited for once the sink is closed', async () => {
    const { url } = await stubbornInflux(() => 'hang');
    const sink = sinkAt(url);
    const delivery = sink.deliver(readings(1));
    await sink.close();
    expect(await delivery).toEqual({ kind: 'keep', why: 'closing' });
  });
});

describe('a batch that is refused', () => {
  const isBad = (line: string): boolean => /00(?:0007|0012|0013)$/.test(line);

  it('is halved until each bad point stands alone, whatever the server says it dropped', async () => {
    const stored = new Set<string>();
    const { url, asked } = await stubbornInflux((lines) => {
      lines.filter((line) => !isBad(line)).forEach((line) => stored.add(line));
      return lines.some(isBad)
        ? error(400, 'partial write: field type conflict dropped=0')
        : accepted;
    });
    const words = 'partial write: field type conflict dropped=0';
    expect(await sinkAt(url).deliver(readings(40))).toEqual({
      kind: 'parked',
      parked: [7, 12, 13].map((sequence) => ({ sequence, words })),
    });
    expect(stored.size).toBe(37);
    expect(asked.length).toBeLessThan(40);
  });

  it('loses one field of a point, not the point', async () => {
    const stored: string[] = [];
    const { url } = await stubbornInflux((lines) => {
      if (lines.some((line) => line.includes('gross_kg'))) return error(400, 'field type conflict');
      stored.push(...lines);
      return accepted;
    });
    const records = [
      readingOf(1),
      readingOf(2, { part: 1, quantity: 'gross', value: 31.2 }),
      readingOf(3, { part: 2, quantity: 'battery', value: 3.6 }),
    ];
    expect(await sinkAt(url).deliver(records)).toMatchObject({ parked: [{ sequence: 2 }] });
    expect(stored.join(' ')).toMatch(/fill_ratio=0.5 .*battery_v=3.6 /);
  });

  it('is halved where it is too large, and keeps what even alone is too large', async () => {
    const { url, asked } = await stubbornInflux((lines) =>
      lines.length > 3 ? error(413, 'too large') : accepted,
    );
    expect(await sinkAt(url).deliver(readings(10))).toEqual({ kind: 'accepted' });
    expect(
      new Set(asked.filter(({ lines }) => lines.length <= 3).flatMap(({ lines }) => lines)).size,
    ).toBe(10);
    const never = await stubbornInflux(() => error(413, 'too large'));
    expect(await sinkAt(never.url).deliver(readings(2))).toEqual({
      kind: 'keep',
      why: '413: too large',
    });
  });

  it('parks what alone is too large beside others that are not', async () => {
    const { url } = await stubbornInflux((lines) =>
      lines.length > 3 || lines.some(isBad) ? error(413, 'too large') : accepted,
    );
    expect(await sinkAt(url).deliver(readings(40))).toEqual({
      kind: 'parked',
      parked: [7, 12, 13].map((sequence) => ({ sequence, words: '413: too large' })),
    });
  });

  it('for words that nobody knows is parked only beside others that got through', async () => {
    const { url } = await stubbornInflux((lines) =>
      lines.some(isBad) ? error(400, 'sorcery') : accepted,
    );
    const sink = sinkAt(url);
    expect(await sink.deliver([readingOf(7)])).toEqual({ kind: 'keep', why: 'sorcery' });
    expect(await sink.deliver([readingOf(7), readingOf(8)])).toEqual({
      kind: 'parked',
      parked: [{ sequence: 7, words: 'sorcery' }],
    });
  });

  it('is kept whole when the server goes while it is being halved', async () => {
    let calls = 0;
    const { url } = await stubbornInflux((lines) => {
      calls += 1;
      if (calls > 3) return 'reset';
      return lines.some(isBad) ? error(400, 'partial write') : accepted;
    });
    expect(await sinkAt(url).deliver(readings(40))).toMatchObject({ kind: 'keep' });
  });
});

describe('a missing database', () => {
  const missing = error(404, 'database not found: "courtyard"');

  it('is made once, and the batch sent again', async () => {
    let made = false;
    const { url, asked } = await stubbornInflux((_lines, path) => {
      if (!path.startsWith('/query')) return made ? accepted : missing;
      made = true;
      return { status: 200, headers: json, body: '{"results":[{"statement_id":0}]}' };
    });
    expect(await sinkAt(url).deliver(readings(3))).toEqual({ kind: 'accepted' });
    expect(asked.map(({ path }) => path.split('?')[0])).toEqual(['/write', '/query', '/write']);
  });

  it.each<[string, Reply]>([
    ['has no such call', { status: 405, body: 'no' }],
    ['forbids it', error(403, 'no right')],
    ['never answers', 'hang'],
    ['answers half', 'drip'],
    ['says yes and has none', { status: 200, headers: json, body: '{"results":[{}]}' }],
  ])('on a server that %s keeps the batch', async (_title, reply) => {
    const { url } = await stubbornInflux((_lines, path) =>
      path.startsWith('/query') ? reply : missing,
    );
    const sink = sinkAt(url, { timeout: milliseconds(400) });
    const delivery = await sink.deliver(readings(3));
    expect(delivery).toMatchObject({
      kind: 'keep',
      why: expect.stringContaining('database not found'),
    });
  });
});
