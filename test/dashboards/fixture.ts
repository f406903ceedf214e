// The real HTTP face over a desk that is filled by hand, so that the screens can be looked at and
// driven without a gateway. Its clock starts at a chosen moment, runs like any clock, and leaps when
// told; `stop` and `start` are the gateway going away and coming back on the same port.
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Desk } from '../../gateway/api/desk.ts';
import type { AssetView } from '../../gateway/api/schemas.ts';
import { buildServer } from '../../gateway/api/server.ts';
import { handDesk, type HandDesk } from '../fakes/hand-desk.ts';
import type { Contents } from '../fakes/small-compound.ts';
import { compoundAt, withRisingFill } from './compound.ts';
import { freePort, ROOT } from '../tools.ts';

export const SCREENS = path.join(ROOT, 'dist/dashboards');
/** 18:30 in Shanghai, in the evening's drop-off window, after sunset. */
export const EVENING = Date.parse('2026-11-20T10:30:00Z');
/** 10:30 in Shanghai, between the windows, by day. */
export const MORNING = Date.parse('2026-11-20T02:30:00Z');

export interface Fixture {
  readonly url: string;
  readonly desk: HandDesk;
  now(): number;
  leap(ms: number): void;
  putAsset(id: string, change: Partial<AssetView>): void;
  stop(): Promise<void>;
  start(): Promise<void>;
}

interface FixtureOptions {
  readonly at?: number;
  readonly contents?: (now: number) => Contents;
  readonly desk?: (desk: HandDesk) => Desk;
}

export async function startFixture(options: FixtureOptions = {}): Promise<Fixture> {
  const at = options.at ?? EVENING;
  const contents = (options.contents ?? compoundAt)(at);
  const desk = handDesk(contents);
  const port = await freePort();
  const began = performance.now();
  let leapt = 0;
  const now = (): number => at + leapt + Math.round(performance.now() - began);
  const site = () => ({ ...desk.site(), now: new Date(now()).toISOString() });
  const told: Desk = {
    ...(options.desk ?? withRisingFill)(desk),
    site,
    watch: (listener) =>
      desk.watch((event) =>
        listener(event.kind === 'site' ? { kind: 'site', data: site() } : event),
      ),
  };
  let server: FastifyInstance | undefined;
  const fixture: Fixture = {
    url: `http://127.0.0.1:${port}`,
    desk,
    now,
    leap: (ms) => void (leapt += ms),
    putAsset(id, change) {
      const before = desk.assets().find((asset) => asset.id === id);
      if (!before) throw new Error(`no asset ${id} to change`);
      desk.put({ kind: 'asset', data: { ...before, ...change } });
    },
    async stop() {
      await server?.close();
      server = undefined;
    },
    async start() {
      server = await buildServer({
        desk: told,
        logger: false,
        version: '0.1.0',
        screensDir: SCREENS,
      });
      await server.listen({ host: '127.0.0.1', port });
    },
  };
  await fixture.start();
  return fixture;
}
