// The narrowest moment of the copy to InfluxDB: the points are written there, and the gateway does not
// know it yet, or knows it and has not written its cursor down. Killed there it sends them again.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startLoad } from '../../firmware-sim/load.ts';
import { startInfluxd } from '../influxd.ts';
import { freePort, has } from '../tools.ts';
import { gatewayProcess } from './gateway-process.ts';
import {
  acknowledgedMore,
  doubled,
  influxHolds,
  missing,
  rowsInInflux,
  rowsInLog,
  yardOf,
} from './nothing-lost-yard.ts';

const DEVICES = 20;
const KILLS = [
  'unanswered',
  'answered',
  'unanswered',
  'answered',
  'unanswered',
  'answered',
] as const;

describe.runIf(has('influxd'))('a gateway that is killed', () => {
  it('between InfluxDB’s answer and the move of its cursor has every point there once', async () => {
    const influx = await startInfluxd();
    const proxy = await startProxy(influx.url);
    const gateway = await gatewayProcess(yardOf(DEVICES, proxy.url));
    await gateway.start();
    const load = startLoad({ url: gateway.mqttUrl, site: 'yard', devices: DEVICES, perSecond: 5 });
    for (const moment of KILLS) {
      await acknowledgedMore(load, 50);
      await proxy.atNextWrite(moment, () => gateway.kill());
      await gateway.start();
    }
    await acknowledgedMore(load, DEVICES);
    const ledger = await load.stop();
    await influxHolds(influx, ledger.length);
    expect(await gateway.stop()).toBe(0);

    const log = await rowsInLog(gateway);
    expect(missing(ledger, log)).toEqual([]);
    expect(doubled(log)).toEqual([]);
    expect(await rowsInInflux(influx)).toEqual(log);
    // each kill before an answer makes the gateway say again what InfluxDB had already taken
    expect(proxy.saidAgain()).toBeGreaterThan(0);
    await influx.discard();
    console.info(`${ledger.length} acknowledged, ${proxy.saidAgain()} points written twice`);
  }, 200_000);
});

interface Proxy {
  readonly url: string;
  /** Once points have been written, before or just after their writer hears of it. */
  atNextWrite(moment: 'unanswered' | 'answered', act: () => Promise<void>): Promise<void>;
  /** How many lines InfluxDB took that it had taken before. */
  saidAgain(): number;
}

async function startProxy(to: string): Promise<Proxy> {
  const port = await freePort();
  const taken: string[] = [];
  let trap: { moment: string; act: () => Promise<void>; done: () => void } | undefined;

  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { answer, lines } = await forward(request, to);
    taken.push(...lines);
    const sprung = lines.length > 0 ? trap : undefined;
    if (sprung) trap = undefined;
    if (sprung?.moment === 'unanswered') await sprung.act();
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(answer.body);
    if (sprung?.moment === 'answered') await sprung.act();
    sprung?.done();
  };
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });
  onTestFinished(() => closed(server));
  await once(server.listen(port, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${port}`,
    atNextWrite: (moment, act) =>
      new Promise((resolve) => {
        trap = { moment, act, done: resolve };
      }),
    saidAgain: () => taken.length - new Set(taken).size,
  };
}

/** Hands a request on; the points in it where InfluxDB took them. */
async function forward(request: IncomingMessage, to: string) {
  const parts = (await request.toArray()) as Buffer[];
  const body = Buffer.concat(parts);
  const encoding = request.headers['content-encoding'];
  const reply = await fetch(`${to}${request.url}`, {
    method: request.method ?? 'GET',
    headers: {
      ...(encoding !== undefined && { 'content-encoding': encoding }),
      'content-type': request.headers['content-type'] ?? 'text/plain',
    },
    ...(body.length > 0 && { body }),
  });
  const answer = { status: reply.status, body: Buffer.from(await reply.arrayBuffer()) };
  const isTaken = request.url?.startsWith('/write') === true && reply.status === 204;
  const text = encoding === 'gzip' ? gunzipSync(body) : body;
  return { answer, lines: isTaken ? text.toString().trim().split('\n') : [] };
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}
