// The one stream of server-sent events that every screen listens to: everything as it stands, then
// each change, each a whole small snapshot under its key.
//
//   desk.watch ──▶ waiting: key → latest event ──every 250 ms──▶ frames ──▶ the viewer's socket
//
// Within one gathering only the latest of a key is sent. A viewer who does not read is let go, and
// loses nothing by it: on reconnecting he is told everything anew. So no event is ever replayed.
// Each is told what is within his scope only, and nothing once he is not who he was.
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { Actor, Desk } from './desk.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { problem, Refused } from './problem.ts';
import { eventIn, scopeOf } from './scope.ts';
import type { LiveEvent } from './schemas.ts';

const GATHER_MS = 250;
const BEAT_MS = 1000;
const RECONNECT_MS = 2000;
/** What may lie unread for one viewer; the first telling of a big site is a part of it. */
const MOST_UNREAD_BYTES = 1024 * 1024;
/** Keeps what all viewers together can hold bounded. */
const MOST_VIEWERS = 250;

interface LiveStream {
  /** Begins to tell one viewer; the stream ends with the viewer, or with the gateway. */
  open(response: ServerResponse, actor: Actor): Readable;
  /** Ends every stream; those who do not read are cut off. */
  close(): void;
}

interface Viewer {
  readonly frames: Readable;
  tell(event: LiveEvent): void;
  end(): void;
}

function liveStream(desk: Desk): LiveStream {
  const viewers = new Set<Viewer>();
  const beats = setInterval(() => {
    if (viewers.size === 0) return;
    const beat: LiveEvent = { kind: 'beat', data: { now: desk.site().now } };
    for (const viewer of viewers) viewer.tell(beat);
  }, BEAT_MS);
  beats.unref();
  return {
    open(response, actor) {
      if (viewers.size >= MOST_VIEWERS) {
        throw new Refused(problem(503, `${MOST_VIEWERS} viewers are listening already.`));
      }
      const viewer = viewerOf(desk, response, actor);
      viewers.add(viewer);
      viewer.frames.once('close', () => viewers.delete(viewer));
      return viewer.frames;
    },
    close() {
      clearInterval(beats);
      for (const viewer of viewers) viewer.end();
    },
  };
}

function viewerOf(desk: Desk, response: ServerResponse, actor: Actor): Viewer {
  const scope = scopeOf(actor, desk);
  const frames = new Readable({ read: () => undefined });
  const waiting = new Map<string, LiveEvent>();
  let gathering: NodeJS.Timeout | undefined;
  let told = 0;
  const unread = (): number => frames.readableLength + response.writableLength;
  const flush = (): void => {
    clearTimeout(gathering);
    gathering = undefined;
    if (frames.destroyed) return;
    if (unread() > MOST_UNREAD_BYTES) {
      frames.destroy();
      return;
    }
    // Signed out, disabled, another role: not a line more.
    if (!desk.isStill(actor)) {
      stop();
      frames.push(null);
      return;
    }
    for (const event of waiting.values()) frames.push(`id: ${++told}\n${frameOf(event)}`);
    waiting.clear();
  };
  frames.push(`retry: ${RECONNECT_MS}\n\n`);
  const forget = desk.watch((whole) => {
    const event = eventIn(scope, whole, actor);
    if (!event) return;
    waiting.set(keyOf(event), event);
    gathering ??= setTimeout(flush, GATHER_MS);
  });
  const stop = (): void => {
    forget();
    clearTimeout(gathering);
  };
  frames.once('close', stop);
  flush();
  return {
    frames,
    tell(event) {
      waiting.set(keyOf(event), event);
      flush();
    },
    end() {
      stop();
      frames.push(null);
      if (unread() > 0) response.destroy();
    },
  };
}

function keyOf(event: LiveEvent): string {
  return 'id' in event.data ? `${event.kind} ${event.data.id}` : event.kind;
}

/** Written once per event, however many are listening: the desk tells all of them the same object. */
const written = new WeakMap<LiveEvent, string>();

function frameOf(event: LiveEvent): string {
  const known = written.get(event);
  if (known !== undefined) return known;
  const frame = `event: ${event.kind}\ndata: ${JSON.stringify(event.data)}\n\n`;
  written.set(event, frame);
  return frame;
}

/** The endpoint, and the end of all its streams before the server waits for its connections. */
export function followLive(app: FastifyInstance, desk: Desk): Endpoint {
  const live = liveStream(desk);
  app.addHook('preClose', async () => live.close());
  return endpoint(
    {
      operationId: 'followLive',
      summary: 'Server-sent events: everything as it stands, then each change',
      description:
        'Events `site`, `asset`, `alarm`, `ticket`, `source` carry the same JSON as their resources; ' +
        '`beat` comes every second with the gateway’s time, so that a frozen screen can be told.',
      produces: ['text/event-stream'],
      response: { 200: Type.Unsafe<Readable>({ type: 'string' }) },
    },
    async (request, reply) => {
      void reply.header('content-type', 'text/event-stream').header('connection', 'close');
      return reply.send(
        request.method === 'HEAD' ? Readable.from([]) : live.open(reply.raw, request.actor),
      );
    },
  );
}
