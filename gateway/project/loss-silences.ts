// When a silence is told: at the end of a day, when nobody can hear any longer, and when we hear again.
import type { Deafness } from '../domain/loss.ts';
import type { ClockEntry, GatewayEntry, LinkEntry, Recorded } from '../domain/record.ts';
import { earlier, instant, milliseconds, type Instant } from '../domain/time.ts';
import { closeOldGaps } from './gaps.ts';
import { DAY_END, tell, type Scene, type Watched } from './loss-scene.ts';
import {
  deafSpan,
  quietOf,
  silenceUntil,
  type Mark,
  type Rhythm,
  type Told,
} from './silent-spans.ts';

const isDeaf = ({ standing }: Scene, { attended }: Rhythm): boolean =>
  standing.sources.get(attended.source)?.state === 'down';

/** Up to here it is told; what comes after is another part of the same silence. */
function tellUpTo(scene: Scene, who: Watched, { until, mark }: Pick<Told, 'until' | 'mark'>): void {
  const quiet = quietOf(who.attended);
  if (!quiet || until - quiet.from <= who.patience) return;
  const { day } = scene.days.at(earlier(until, milliseconds(1)));
  tell(scene, silenceUntil(who, { until, day, mark, by: 'us' }));
  who.attended.kept.listening = { from: quiet.from, told: until };
  scene.book.touch(who.attended);
}

/** What was said from `from` to `to` nobody could hear; from now on a silence is its own again. */
function listenAgain(
  scene: Scene,
  who: Watched,
  { to, ...span }: { from: Instant; to: Instant; why: Deafness; mark: Mark },
): void {
  const { day } = scene.days.at(to);
  tell(scene, deafSpan(who, { ...span, to, day }));
  who.attended.kept.listening = { from: to, told: to };
  scene.book.touch(who.attended);
}

/** Up to its last word, or to where it fell asleep, the gateway was there. */
export function begin(scene: Scene, record: Recorded<GatewayEntry>): void {
  const { event, receivedAt: at, blindMs = 0, sequence: mark } = record;
  const lastAt = event === 'woke' ? instant(at - blindMs) : scene.standing.gateway().lastAt;
  for (const who of scene.watched.values()) {
    const line = scene.standing.sources.get(who.attended.source);
    if (lastAt > 0 && line?.state === 'down') {
      listenAgain(scene, who, { from: line.since, to: lastAt, why: 'source-down', mark });
    } else if (lastAt > 0) tellUpTo(scene, who, { until: lastAt, mark });
    listenAgain(scene, who, { from: lastAt, to: at, why: 'gateway-off', mark });
  }
}

export function changeLink(scene: Scene, record: Recorded<LinkEntry>): void {
  const { of, id, state, receivedAt: at, sequence: mark } = record;
  if (of !== 'source') return;
  const before = scene.standing.sources.get(id);
  if ((before?.state ?? 'up') === state) return;
  // What lay before our own start was told then.
  const since = Math.max(before?.since ?? at, scene.standing.gateway().startedAt) as Instant;
  for (const who of scene.watched.values()) {
    if (who.attended.source !== id) continue;
    if (state === 'down') tellUpTo(scene, who, { until: at, mark });
    else listenAgain(scene, who, { from: since, to: at, why: 'source-down', mark });
  }
}

export function endDay(scene: Scene, at: Instant): void {
  for (const who of scene.watched.values()) {
    if (!isDeaf(scene, who)) tellUpTo(scene, who, { until: at, mark: 'day-end' });
    if (closeOldGaps(who.attended.kept, at)) scene.book.touch(who.attended);
  }
  scene.book.endDay(scene.days.at(earlier(at, milliseconds(1))).day);
  scene.standing.agenda.set(DAY_END, scene.days.at(at).end);
}

/** What was heard by the wrong clock was heard later than it said, or sooner. */
export function setClock({ standing, watched, book }: Scene, record: ClockEntry): void {
  const { stepMs, boot } = record;
  const { startedAt: since, boot: here = boot } = standing.gateway();
  if (stepMs === 0 || boot !== here) return;
  const right = (at: Instant): Instant => (at >= since ? instant(at + stepMs) : at);
  for (const { attended } of watched.values()) {
    const { kept } = attended;
    if (kept.heardAt !== undefined) kept.heardAt = right(kept.heardAt);
    if (kept.listening) {
      kept.listening = { from: right(kept.listening.from), told: right(kept.listening.told) };
    }
    book.touch(attended);
  }
}
