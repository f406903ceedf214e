// The one sentence of a kiosk: which bin to change next. Full ones first, the fullest of them first; then
// one whose collection did not come; then the one that will be full soonest; a silent sensor is only
// worth a walk when nothing else is.
import { fullAt } from '../shared/when-full.ts';
import type { BinFace } from './bin-face.ts';

export type Advice =
  | { readonly kind: 'change'; readonly bins: readonly [BinFace, ...BinFace[]] }
  | { readonly kind: 'missed'; readonly bin: BinFace; readonly by: number }
  | { readonly kind: 'soon'; readonly bin: BinFace }
  | { readonly kind: 'look'; readonly bin: BinFace }
  | { readonly kind: 'calm' }
  | { readonly kind: 'no-bins' };

/** One that will be full within so long is worth a word though it is not near its limit yet. */
const SOON_MS = 3_600_000;

/** @param now by the gateway's clock */
export function whatFirst(faces: readonly BinFace[], now: number): Advice {
  if (faces.length === 0) return { kind: 'no-bins' };
  const near = faces.filter((face) => face.state === 'near-full').sort(bySoonest);
  const [first, ...more] = faces.filter((face) => face.state === 'full').sort(byFillDown);
  if (first) return { kind: 'change', bins: [first, ...more, ...near] };
  const [missed] = faces.filter((face) => face.missedBy !== undefined).sort(byMissed);
  if (missed?.missedBy !== undefined) return { kind: 'missed', bin: missed, by: missed.missedBy };
  const soonest = faces.filter((face) => fullAt(face.forecast) - now < SOON_MS).sort(bySoonest);
  const [soon] = [...near, ...soonest];
  if (soon) return { kind: 'soon', bin: soon };
  const silent = faces.find((face) => ['fault', 'offline', 'unknown'].includes(face.state));
  return silent ? { kind: 'look', bin: silent } : { kind: 'calm' };
}

const byFillDown = (one: BinFace, other: BinFace): number =>
  (other.fill?.value ?? 0) - (one.fill?.value ?? 0) ||
  (other.net?.value ?? 0) - (one.net?.value ?? 0);

const bySoonest = (one: BinFace, other: BinFace): number =>
  compared(fullAt(one.forecast), fullAt(other.forecast)) || byFillDown(one, other);

const byMissed = (one: BinFace, other: BinFace): number =>
  compared(one.missedBy ?? Infinity, other.missedBy ?? Infinity);

/** Two that are both never are the same. */
const compared = (one: number, other: number): number => (one === other ? 0 : one - other);

const URGENCY: readonly BinFace['state'][] = [
  'full',
  'near-full',
  'fault',
  'offline',
  'unknown',
  'normal',
  'out',
];

const urgency = ({ state, missedBy }: BinFace): number =>
  state === 'full' ? 0 : missedBy !== undefined ? 0.5 : URGENCY.indexOf(state);

/** The tiles that fit: where there are too many, the worst; always in the order of their places. */
export function worstThatFit(faces: readonly BinFace[], room: number): BinFace[] {
  const worst = [...faces].sort(
    (one, other) => urgency(one) - urgency(other) || bySoonest(one, other),
  );
  const shown = new Set(worst.slice(0, room));
  return faces.filter((face) => shown.has(face));
}
