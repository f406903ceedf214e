// The simulator's own back door: HTTP on a Unix socket that only its owner may open. Here one asks
// for the truth, which the gateway never sees, and makes things go wrong.
import fs from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import net from 'node:net';
import type { Scene } from './scene.ts';
import { empty, fill, mend } from './scene.ts';
import { SCENARIOS } from './scenarios/index.ts';
import type { Stage } from './stage.ts';
import { Refusal, targets } from './stage.ts';
import { FULL, HEAP, isLit, levelOf } from './world.ts';

export interface ControlDesk {
  readonly stage: Stage;
  /** Brings the world up to now, and the cables to the scene. */
  readonly live: () => void;
  readonly counts: () => unknown;
}

export interface ControlServer {
  close(): Promise<void>;
}

/** Throws where another simulator answers at the socket; one left by a dead simulator is replaced. */
export async function openControl(socket: string, desk: ControlDesk): Promise<ControlServer> {
  if (await isAnswered(socket)) throw new Error(`another simulator answers at ${socket}`);
  const server = createServer((request, response) => void answer(desk, request, response));
  // Under its name only when it answers, and only to its owner.
  const fresh = `${socket}.new`;
  fs.rmSync(fresh, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(fresh, resolve);
  });
  fs.chmodSync(fresh, 0o600);
  fs.renameSync(fresh, socket);
  return {
    close: () =>
      new Promise((resolve) => {
        fs.rmSync(socket, { force: true });
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function isAnswered(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const call = net.connect(socket);
    call.once('connect', () => {
      call.destroy();
      resolve(true);
    });
    call.once('error', () => resolve(false));
  });
}

/** Never rejects: whatever goes wrong is answered. */
async function answer(
  desk: ControlDesk,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [status, body] = await outcome(desk, request);
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(`${JSON.stringify(body)}\n`);
}

async function outcome(desk: ControlDesk, request: IncomingMessage): Promise<[number, unknown]> {
  try {
    const body = await bodyOf(request);
    desk.live();
    const result = route(desk, `${request.method} ${request.url}`, body);
    desk.live();
    return [200, result];
  } catch (error) {
    if (error instanceof Refusal) return [error.status, { error: error.message }];
    return [500, { error: String(error) }];
  }
}

type Body = Readonly<Record<string, unknown>>;
type Action = (desk: ControlDesk, id: string, body: Body) => unknown;

/** Every request there is; `(…)` is the id. */
const ROUTES: readonly (readonly [RegExp, Action])[] = [
  [/^GET \/scenarios$/, ({ stage }) => scenarioList(stage)],
  [/^GET \/world$/, (desk) => worldReport(desk)],
  [/^POST \/scenarios\/([^/]+)$/, begin],
  [/^DELETE \/scenarios\/([^/]+)$/, undo],
  [/^POST \/bins\/([^/]+)\/empty$/, (desk, id) => onBin(desk, id, (scene) => empty(scene, id))],
  [/^POST \/bins\/([^/]+)\/fill$/, fillBin],
  [/^POST \/lamps\/([^/]+)\/mend$/, mendLamp],
];

function route(desk: ControlDesk, call: string, body: Body): unknown {
  for (const [pattern, act] of ROUTES) {
    const match = pattern.exec(call);
    if (match) return act(desk, decodeURIComponent(match[1] ?? ''), body);
  }
  throw new Refusal(404, `${call} is nothing that can be asked`);
}

const DONE = { ok: true } as const;

function begin({ stage }: ControlDesk, name: string, { target }: Body): unknown {
  if (target !== undefined && typeof target !== 'string') {
    throw new Refusal(400, 'target must be a string');
  }
  const { scenario, target: chosen } = stage.begin(name, target);
  return { name, target: chosen, see: scenario.see };
}

function undo({ stage }: ControlDesk, name: string): unknown {
  stage.undo(name);
  return DONE;
}

function fillBin(desk: ControlDesk, id: string, { to }: Body): unknown {
  if (typeof to !== 'number' || !(to >= 0 && to <= HEAP)) {
    throw new Refusal(400, `to must be a number from 0 to ${HEAP}, 1 being full`);
  }
  return onBin(desk, id, (scene) => fill(scene, id, to));
}

function onBin({ stage }: ControlDesk, id: string, turn: (scene: Scene) => Scene): unknown {
  if (!targets(stage.scene(), 'bin').includes(id)) throw new Refusal(404, `there is no bin ${id}`);
  stage.change(turn);
  return DONE;
}

function mendLamp({ stage }: ControlDesk, id: string): unknown {
  const lamps = targets(stage.scene(), 'lamp');
  if (!lamps.includes(id)) throw new Refusal(404, `there is no lamp ${id}`);
  stage.change((scene) => mend(scene, id));
  return DONE;
}

function scenarioList(stage: Stage): unknown {
  return SCENARIOS.map(({ name, title, see, aims, target, lastsMs }) => {
    const playing = stage.running().find(({ scenario }) => scenario.name === name);
    const state = playing ? { on: playing.target, since: isoTime(playing.since) } : null;
    return { name, title, see, aims, target, lastsMs, playing: state };
  });
}

/** The truth, with what follows from it. */
function worldReport({ stage, counts }: ControlDesk): unknown {
  const { world, stuckMm, pulled } = stage.scene();
  return {
    now: isoTime(world.now),
    bins: Object.values(world.bins).map((bin) => {
      const level = Number(levelOf(bin).toFixed(4));
      const netKg = Number(bin.netKg.toFixed(3));
      return { id: bin.id, level, netKg, full: level >= FULL, neglected: bin.neglected };
    }),
    lamps: Object.values(world.lamps).map((lamp) => ({
      id: lamp.id,
      works: lamp.works,
      lit: isLit(world, lamp),
    })),
    circuits: world.circuits,
    metersL: world.metersL,
    visits: world.visits,
    kg: { brought: world.broughtKg, collected: world.collectedKg, beside: world.besideKg },
    collections: world.collections.map(({ at, ...rest }) => ({ at: isoTime(at), ...rest })),
    stuckMm,
    pulled,
    links: counts(),
  };
}

const isoTime = (at: number): string => new Date(at).toISOString();

const LONGEST_BODY = 10_000;

async function bodyOf(request: IncomingMessage): Promise<Body> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += String(chunk);
    if (text.length > LONGEST_BODY) throw new Refusal(400, 'the body is too long');
  }
  const value: unknown = text === '' ? {} : parsed(text);
  if (typeof value !== 'object' || value === null) throw new Refusal(400, 'the body is no object');
  return value as Body;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, 'the body is not JSON');
  }
}
