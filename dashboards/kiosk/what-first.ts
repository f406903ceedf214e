// The one sentence of a kiosk: which bin to change next. Full ones first, the fullest of them
// first; then the nearest to full; a silent sensor is only worth a walk when nothing else is.
import type { BinFace } from './bin-face.ts';

export type Advice =
  | { readonly kind: 'change'; readonly bins: readonly [BinFace, ...BinFace[]] }
  | { readonly kind: 'soon'; readonly bin: BinFace }
  | { readonly kind: 'look'; readonly bin: BinFace }
  | { readonly kind: 'calm' }
  | { readonly kind: 'no-bins' };

export function whatFirst(faces: readonly BinFace[]): Advice {
  if (faces.length === 0) return { kind: 'no-bins' };
  const near = faces.filter((face) => face.state === 'near-full').sort(byFillDown);
  const [first, ...more] = faces.filter((face) => face.state === 'full').sort(byFillDown);
  if (first) return { kind: 'change', bins: [first, ...more, ...near] };
  const [soon] = near;
  if (soon) return { kind: 'soon', bin: soon };
  const silent = faces.find((face) => ['fault', 'offline', 'unknown'].includes(face.state));
  return silent ? { kind: 'look', bin: silent } : { kind: 'calm' };
}

const byFillDown = (one: BinFace, other: BinFace): number =>
  (other.fill?.value ?? 0) - (one.fill?.value ?? 0) ||
  (other.net?.value ?? 0) - (one.net?.value ?? 0);

const URGENCY: readonly BinFace['state'][] = [
  'full',
  'near-full',
  'fault',
  'offline',
  'unknown',
  'normal',
];

/** The tiles that fit: where there are too many, the worst; always in the order of their places. */
export function worstThatFit(faces: readonly BinFace[], room: number): BinFace[] {
  const worst = [...faces].sort(
    (one, other) =>
      URGENCY.indexOf(one.state) - URGENCY.indexOf(other.state) || byFillDown(one, other),
  );
  const shown = new Set(worst.slice(0, room));
  return faces.filter((face) => shown.has(face));
}
