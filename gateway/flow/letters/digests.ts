// Sends managers their day and their week: looks at the hour when one is due, reads the books, and
// writes the text into the log; the fold makes the notice of it. Promise: once a day and reader,
// however often this is stopped and started: the fold knows the day that it has sent for last.
import type { Actor } from '../../api/desk.ts';
import type { DigestBody, DigestKind, NoticeSettings } from '../../domain/reader.ts';
import type { Place } from '../../domain/asset.ts';
import type { Standing } from '../../domain/standing.ts';
import { between, hours, instant, minutes, type Cancel, type Clock } from '../../domain/time.ts';
import { writeCommand, type CommandParts } from '../command.ts';
import { digestFigures, type DigestBooks } from './digest-figures.ts';
import { digestText } from './digest-text.ts';
import { digestTime, type DigestTime } from './digest-times.ts';

export interface DigestParts extends DigestBooks, Pick<CommandParts, 'log' | 'settled'> {
  readonly place: Place;
  readonly settings: NoticeSettings;
  readonly standing: Pick<Standing, 'mailbags'>;
  readonly clock: Clock;
  /** It is tried again in a minute. */
  readonly onFault: (fault: unknown) => void;
}

export interface Digests {
  start(): void;
  /** Resolves once what was under way is written. */
  stop(): Promise<void>;
}

const RETRY = minutes(1);
/** The clock may be put right in between. */
const LOOK_AGAIN = hours(1);
const GATEWAY: Actor = { by: 'gateway', role: 'gateway' };

export function createDigests(parts: DigestParts): Digests {
  const { clock, settings } = parts;
  const isWanted = settings.readers.some(({ digests }) => digests.length > 0);
  let wake: Cancel | undefined;
  let running: Promise<void> = Promise.resolve();
  let isOver = true;

  const lookIn = (span: Parameters<Clock['after']>[0]): void => {
    if (isOver) return;
    wake = clock.after(span, () => {
      running = look();
    });
  };
  async function look(): Promise<void> {
    try {
      const nextAt = await sendDue(parts, () => isOver);
      lookIn(between(clock.now(), instant(Math.min(nextAt, clock.now() + LOOK_AGAIN))));
    } catch (fault) {
      parts.onFault(fault);
      lookIn(RETRY);
    }
  }
  return {
    start() {
      if (!isWanted) return;
      isOver = false;
      running = look();
    },
    async stop() {
      isOver = true;
      wake?.();
      await running;
    },
  };
}

/** Sends what is due and not sent yet; returns when the next one is. */
async function sendDue(parts: DigestParts, isOver: () => boolean): Promise<number> {
  const { settings, place, standing, clock } = parts;
  const texts = new Map<DigestKind, Promise<DigestBody>>();
  let nextAt = Infinity;
  for (const { id, over, digests } of settings.readers) {
    if (!settings.channels.includes(over)) continue;
    for (const kind of digests) {
      const time = digestTime(kind, settings, { zone: place.zone, now: clock.now() });
      nextAt = Math.min(nextAt, time.nextAt);
      const sentFor = standing.mailbags.get(id)?.digests?.[kind] ?? '';
      if (!time.isDue || sentFor >= time.day || isOver()) continue;
      const text = texts.get(kind) ?? bodyOf(parts, kind, time);
      texts.set(kind, text);
      const body = { ...(await text) };
      await writeCommand(parts, { on: 'notice', id, action: 'digest', actor: GATEWAY, body });
    }
  }
  return nextAt;
}

async function bodyOf(parts: DigestParts, kind: DigestKind, time: DigestTime): Promise<DigestBody> {
  const { day, from, to } = time;
  const figures = await digestFigures(parts, { from, to }, parts.clock.now());
  const head = { kind, from, to, place: parts.place.name };
  return { kind, day, ...digestText(parts.settings.tongue, head, figures) };
}
