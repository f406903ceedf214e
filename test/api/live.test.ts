// The stream over a real socket, as a browser's EventSource would hear it.
import { get as httpGet, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AssetView, LiveEvent } from '../../gateway/api/schemas.ts';
import { until } from '../tools.ts';
import { face, problemIn, type Face } from './face.ts';

interface Heard {
  readonly id: number;
  readonly kind: string;
  readonly data: { id?: string; [field: string]: unknown };
  readonly at: number;
}
interface Listener {
  readonly heard: Heard[];
  readonly response: IncomingMessage;
  readonly first: string;
  ended(): boolean;
  readonly of: (kind: string, id?: string) => Heard[];
}

async function listeningFace(): Promise<Face & { port: number }> {
  const one = await face();
  await one.app.listen({ host: '127.0.0.1', port: 0 });
  return { ...one, port: (one.app.server.address() as AddressInfo).port };
}

async function listen(port: number): Promise<Listener> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = httpGet({ host: '127.0.0.1', port, path: '/api/v1/live' }, resolve);
    request.on('error', reject);
    onTestFinished(() => void request.destroy());
  });
  const heard: Heard[] = [];
  let [first, rest, ended] = ['', '', false];
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    const frames = (rest + chunk).split('\n\n');
    rest = frames.pop() ?? '';
    for (const frame of frames) {
      if (first === '') first = frame;
      else heard.push(frameOf(frame));
    }
  });
  response.on('error', () => (ended = true));
  response.on('close', () => (ended = true));
  await until('the first frame comes', () => first !== '');
  return {
    heard,
    response,
    first,
    ended: () => ended,
    of: (kind, id) => heard.filter((one) => one.kind === kind && (!id || one.data.id === id)),
  };
}

function frameOf(frame: string): Heard {
  const [, id, kind, data] = /^id: (\d+)\nevent: (\w+)\ndata: (.*)$/.exec(frame) ?? [];
  return {
    id: Number(id),
    kind: kind ?? frame,
    data: JSON.parse(data ?? '{}'),
    at: performance.now(),
  };
}

function fillOf(desk: Face['desk'], id: string, value: number): LiveEvent {
  const asset = desk.assets().find((one) => one.id === id) as AssetView;
  const fill = { ...asset.latest['fill']!, value };
  return { kind: 'asset', data: { ...asset, latest: { ...asset.latest, fill } } };
}

describe('the live stream', () => {
  it('begins with everything as it stands', async () => {
    const { port } = await listeningFace();
    const { response, first, heard, of } = await listen(port);
    expect(response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    expect(first).toBe('retry: 2000');
    await until('the last source is told', () => of('source').length === 2);
    expect(heard[0]).toMatchObject({ id: 1, kind: 'site', data: { id: 'luyuan' } });
    expect(of('asset')).toHaveLength(19);
    expect(of('alarm')).toHaveLength(3);
    expect(of('ticket')).toHaveLength(2);
    expect(heard.map(({ id }) => id)).toEqual(heard.map((_, index) => index + 1));
  });

  it('tells a change within half a second, as the whole new state', async () => {
    const { desk, port } = await listeningFace();
    const { of } = await listen(port);
    await until('it is told as it stands', () => of('asset', 'k1-dry').length === 1);
    const changedAt = performance.now();
    desk.put(fillOf(desk, 'k1-dry', 0.5));
    await until('the change is told', () => of('asset', 'k1-dry').length === 2);
    const told = of('asset', 'k1-dry')[1]!;
    expect(told.data).toMatchObject({ name: '其他垃圾桶', latest: { fill: { value: 0.5 } } });
    expect(told.at - changedAt).toBeLessThan(600);
  });

  it('tells of many changes to one thing only the last, and of others each', async () => {
    const { desk, port } = await listeningFace();
    const { of } = await listen(port);
    await until('all is told as it stands', () => of('source').length === 2);
    for (let n = 0; n <= 100; n += 1) desk.put(fillOf(desk, 'k1-wet', n / 100));
    desk.put(fillOf(desk, 'k1-dry', 0.1));
    await until('the last is told', () => of('asset', 'k1-dry').length === 2);
    expect(of('asset', 'k1-wet')).toHaveLength(2);
    expect(of('asset', 'k1-wet')[1]?.data).toMatchObject({ latest: { fill: { value: 1 } } });
  });

  it('beats every second with the gateway’s time', async () => {
    const { desk, port } = await listeningFace();
    const { of } = await listen(port);
    await until('it has beaten three times', () => of('beat').length === 3);
    const [one, two, three] = of('beat').map(({ at }) => at);
    expect(three! - one!).toBeGreaterThan(1500);
    expect(three! - one!).toBeLessThan(3500);
    expect(two).toBeGreaterThan(one!);
    expect(of('beat')[0]?.data).toEqual({ now: desk.site().now });
  });

  it('is told to many viewers, each of whom may leave', async () => {
    const { desk, port } = await listeningFace();
    const viewers = await Promise.all(Array.from({ length: 30 }, () => listen(port)));
    expect(desk.watchers()).toBe(30);
    for (const viewer of viewers.slice(0, 10)) viewer.response.destroy();
    await until('the desk has let ten go', () => desk.watchers() === 20);
    desk.put(fillOf(desk, 'k2-wet', 0.7));
    await until('all who stayed are told', () =>
      viewers.slice(10).every((viewer) => viewer.of('asset', 'k2-wet').length === 2),
    );
  });

  it('is refused to the two hundred and fifty-first viewer, and begun when one leaves', async () => {
    const { desk, get, port } = await listeningFace();
    const viewers = await Promise.all(Array.from({ length: 250 }, () => listen(port)));
    expect(problemIn(await get('/api/v1/live'), 503).detail).toContain('250 viewers');
    viewers[0]?.response.destroy();
    await until('one has left', () => desk.watchers() === 249);
    await listen(port);
    expect(desk.watchers()).toBe(250);
  }, 30_000);

  it('ends for all when the gateway stops, within two seconds', async () => {
    const { app, desk, port } = await listeningFace();
    const [one, two] = [await listen(port), await listen(port)];
    desk.put(fillOf(desk, 'k1-dry', 0.5));
    const before = performance.now();
    await app.close();
    expect(performance.now() - before).toBeLessThan(2000);
    await until('both have ended', () => one.ended() && two.ended());
    expect(desk.watchers()).toBe(0);
  });

  it('lets a viewer go who does not read, and keeps on telling the others', async () => {
    const { app, desk, port } = await listeningFace();
    const [frozen, awake] = [await listen(port), await listen(port)];
    frozen.response.pause();
    const [asset] = desk.assets();
    let told = 0;
    await until(
      'the frozen one is let go',
      () => {
        told += 1;
        desk.put({
          kind: 'asset',
          data: { ...asset!, id: `big-${told}`, name: 'x'.repeat(400_000) },
        });
        return desk.watchers() === 1;
      },
      20_000,
    );
    desk.put(fillOf(desk, 'k2-dry', 0.9));
    await until('the other is told', () => awake.of('asset', 'k2-dry').length === 2);
    expect(awake.ended()).toBe(false);
    await app.close();
  }, 30_000);

  it('stops in time even while a viewer does not read', async () => {
    const { app, desk, port } = await listeningFace();
    const [frozen, awake] = [await listen(port), await listen(port)];
    frozen.response.pause();
    const [asset] = desk.assets();
    for (let n = 0; n < 20; n += 1) {
      desk.put({ kind: 'asset', data: { ...asset!, id: `big-${n}`, name: 'x'.repeat(400_000) } });
    }
    await until('the other has read it all', () => awake.of('asset', 'big-19').length === 1);
    const before = performance.now();
    await app.close();
    expect(performance.now() - before).toBeLessThan(2000);
  });

  it('is not begun for another site’s page, nor for a head alone', async () => {
    const { app, desk, get } = await face();
    problemIn(await get('/api/v1/live', { origin: 'http://evil.example' }), 403);
    await app.inject({ method: 'HEAD', url: '/api/v1/live' });
    expect(desk.watchers()).toBe(0);
  });
});
