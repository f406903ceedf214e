// The numbers that devices give their words: which are missing, which came late, who began anew.
import type { SourceId } from '../domain/asset.ts';
import type { Attended } from '../domain/intake-book.ts';
import type { Deafness } from '../domain/loss.ts';
import type { Sequence } from '../domain/record.ts';
import type { Instant } from '../domain/time.ts';
import { closeGaps, fillGap, openGap } from './gaps.ts';
import { change, type Scene } from './loss-scene.ts';
import { goesOnFrom, meaningOf } from './own-counter.ts';

interface Heard {
  readonly seq: number;
  readonly at: Instant;
  readonly sequence: Sequence;
  /** It was heard before: its number may be news only where the first hearing is not in the log. */
  readonly isResend: boolean;
}

/** A number that is not the next one. */
export function hearNumber(scene: Scene, attended: Attended, heard: Heard): void {
  const { kept } = attended;
  const { seq, at, sequence } = heard;
  const filled = fillGap(kept, seq);
  if (filled) return change(scene, filled, -1);
  if (heard.isResend) return;
  if (kept.seq === undefined) return void (kept.seq = seq);
  if (kept.fallen?.from === kept.seq && goesOnFrom(kept.fallen.to, seq)) {
    startAnew(attended, kept.fallen.to);
  }
  const meaning = meaningOf(seq, kept.seq);
  if (meaning.kind === 'again') return;
  if (meaning.kind === 'fallen') return void (kept.fallen = { to: seq, from: kept.seq });
  if (meaning.kind === 'reboot') return startAnew(attended, seq);
  kept.seq = seq;
  if (meaning.kind !== 'gap') return;
  const from = kept.heardAt ?? at;
  const why = deafnessSince(scene, attended.source, from);
  const { first, last, count } = meaning;
  const when = { from, to: at, day: scene.today.day, sequence };
  const row = openGap(attended, { first, last, count, ...when, ...why });
  change(scene, row, count);
}

function startAnew({ kept }: Attended, seq: number): void {
  closeGaps(kept);
  delete kept.fallen;
  kept.seq = seq;
}

/** Whether we, and not the device, were away for some of the time since then. */
function deafnessSince(
  { standing }: Scene,
  source: SourceId,
  since: Instant,
): { readonly why?: Deafness } {
  if (standing.gateway().startedAt > since) return { why: 'gateway-off' };
  const line = standing.sources.get(source);
  return line?.state === 'up' && line.since > since ? { why: 'source-down' } : {};
}
