// A recorded file as a source: every row is offered as the message that a device would have sent,
// at the moment at which it would have sent it. What hears it cannot tell it from a live one.
// Promise: rows are offered in the order of their moments, and no more of them once the store could
// not take one.
import { readFile } from 'node:fs/promises';
import type { AssetId, SourceId } from '../domain/asset.ts';
import { Fault } from '../domain/fault.ts';
import { between, milliseconds } from '../domain/time.ts';
import type { Clock, Instant } from '../domain/time.ts';
import type { RecordingMap } from './recording-map.ts';
import { messagesOf } from './recording-messages.ts';
import type { RecordedMessage, RecordedMessages } from './recording-messages.ts';
import { rowsOf } from './recording-rows.ts';
import type { Intake, Source, SourceHealth } from './source.ts';

export interface RecordingSettings {
  readonly id: SourceId;
  readonly file: string;
  readonly map: RecordingMap;
  /** Rows of any other asset are refused as `unknown-asset`. */
  readonly assets: ReadonlySet<AssetId>;
  /** `max`, or how many times faster than it was recorded. */
  readonly speed: 'max' | number;
}

export interface RecordingSurroundings {
  readonly intake: Intake;
  /** Keeps the pace where `speed` is a number. Not the recording's own clock. */
  readonly clock: Clock;
  /** Called before the first row of each new moment is offered, so that a clock can follow. */
  readonly onMoment?: (moment: Instant) => void;
}

export interface RecordingSource extends Source {
  /** Of the whole file, known once started. */
  summary(): { readonly rows: number; readonly skipped: number };
  /** Resolves when every row has been answered; rejects with what ended it before. */
  whenDone(): Promise<void>;
}

/** Offered and not yet answered: enough for full commits, and a bound on memory. */
const MOST_OUTSTANDING = 1000;

export function createRecordingSource(
  settings: RecordingSettings,
  around: RecordingSurroundings,
): RecordingSource {
  const { id } = settings;
  const done = Promise.withResolvers<unknown>();
  let state: SourceHealth['state'] = 'starting';
  let why: string | undefined;
  let summary = { rows: 0, skipped: 0 };
  let player: Player | undefined;

  const end = (failure: unknown): void => {
    if (failure instanceof Error) [state, why] = ['down', failure.message];
    done.resolve(failure);
  };

  return {
    id,
    kind: 'recording',
    async start() {
      const recorded = await messagesIn(settings);
      if (recorded instanceof Fault) return end(recorded);
      const { messages, skipped } = recorded;
      summary = { rows: messages.length + skipped, skipped };
      state = 'up';
      player = play(messages, settings, around);
      void player.whenDone.then(end);
    },
    async stop() {
      player?.stop();
      await player?.whenDone;
      done.resolve(undefined);
    },
    health: () => ({
      id,
      kind: 'recording',
      state,
      heard: player?.heard() ?? 0,
      skippedBytes: 0,
      lost: 0,
      ...(why !== undefined && { why }),
    }),
    summary: () => summary,
    async whenDone() {
      const failure = await done.promise;
      if (failure instanceof Error) throw failure;
    },
  };
}

async function messagesIn(settings: RecordingSettings): Promise<RecordedMessages | Fault> {
  const { file, map, assets } = settings;
  try {
    return messagesOf(rowsOf(await readFile(file, 'utf8'), map), map, assets);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return new Fault('recording-unreadable', `reading ${file}: ${why}`, error);
  }
}

interface Player {
  /** Resolves with what ended it early, if anything did. */
  readonly whenDone: Promise<unknown>;
  stop(): void;
  heard(): number;
}

function play(
  messages: readonly RecordedMessage[],
  settings: RecordingSettings,
  { intake, clock, onMoment }: RecordingSurroundings,
): Player {
  const pace = createPace(settings.speed, clock);
  let heard = 0;
  let failure: unknown;

  const offer = ({ at, ...message }: RecordedMessage): Promise<unknown> => {
    heard += 1;
    const envelope = { source: settings.id, receivedAt: at, ...message };
    return intake.offer(envelope).catch((error: unknown) => {
      failure ??= error;
      pace.stop();
    });
  };

  async function run(): Promise<unknown> {
    let outstanding: Promise<unknown>[] = [];
    let now: Instant | undefined;
    for (const message of messages) {
      await pace.wait(now ?? message.at, message.at);
      if (pace.isStopped()) break;
      if (message.at !== now) onMoment?.(message.at);
      now = message.at;
      outstanding.push(offer(message));
      if (outstanding.length < MOST_OUTSTANDING) continue;
      await Promise.all(outstanding);
      outstanding = [];
    }
    await Promise.all(outstanding);
    return failure;
  }

  return { whenDone: run(), stop: () => pace.stop(), heard: () => heard };
}

interface Pace {
  wait(since: Instant, until: Instant): Promise<void>;
  /** Ends a wait that is under way; none follows. */
  stop(): void;
  isStopped(): boolean;
}

function createPace(speed: 'max' | number, clock: Clock): Pace {
  let stopped = false;
  let hurry = (): void => undefined;
  return {
    wait: (since, until) =>
      new Promise((resolve) => {
        if (stopped || speed === 'max' || until <= since) return resolve();
        const cancel = clock.after(milliseconds(between(since, until) / speed), resolve);
        hurry = () => {
          cancel();
          resolve();
        };
      }),
    stop() {
      stopped = true;
      hurry();
    },
    isStopped: () => stopped,
  };
}
