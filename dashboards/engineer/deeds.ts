// What may be done at a place, what each deed has to be told, and the body that goes to the gateway.
import type { AssetView, PlaceView } from '../../gateway/api/schemas.ts';

export const DEEDS = ['tare', 'swap', 'change-device', 'take-out', 'put-back'] as const;
export type Deed = (typeof DEEDS)[number];

export const OPERATION: Readonly<Record<Deed, string>> = {
  tare: 'tareAsset',
  swap: 'swapContainer',
  'change-device': 'changeDevice',
  'take-out': 'takeOutAsset',
  'put-back': 'putBackAsset',
};

/** As typed. */
export interface Filled {
  readonly weigh?: 'now' | 'typed';
  readonly tareKg?: string;
  readonly container?: string;
  readonly from?: string;
  readonly to?: string;
  readonly note?: string;
  readonly reason?: string;
}

export type TextField = 'container' | 'from' | 'to' | 'note' | 'reason';

interface Wanted {
  readonly name: TextField;
  readonly kind: 'line' | 'lines';
  readonly required: boolean;
}

const line = (name: TextField): Wanted => ({ name, kind: 'line', required: false });
const lines = (name: TextField, required: boolean): Wanted => ({ name, kind: 'lines', required });

export const TEXTS: Readonly<Record<Deed, readonly Wanted[]>> = {
  tare: [lines('note', false)],
  swap: [line('container'), lines('note', false)],
  'change-device': [line('from'), line('to'), lines('note', true)],
  'take-out': [lines('reason', true)],
  'put-back': [lines('note', false)],
};

/** A scale has no container that could be swapped; what is out can only be put back or mended. */
export const deedsFor = ({ kind }: AssetView, { state }: PlaceView): Deed[] =>
  DEEDS.filter((deed) => {
    if (deed === 'swap') return kind === 'bin';
    if (deed === 'take-out') return state === 'in-service';
    return deed === 'put-back' ? state === 'out-of-service' : true;
  });

const HEAVIEST_KG = 1000;

/** Whatever comma or digits a phone's keyboard gives. */
export function tareIn(text: string | undefined): number | undefined {
  const plain = (text ?? '').normalize('NFKC').trim().replace(',', '.');
  if (!/^\d+(?:\.\d+)?$/.test(plain)) return undefined;
  const kg = Number(plain);
  return kg > 0 && kg <= HEAVIEST_KG ? kg : undefined;
}

const isBlank = (text: string | undefined): boolean => (text ?? '').trim() === '';

export function isReady(deed: Deed, filled: Filled): boolean {
  if (TEXTS[deed].some(({ name, required }) => required && isBlank(filled[name]))) return false;
  if (deed === 'tare') return filled.weigh === 'now' || tareIn(filled.tareKg) !== undefined;
  if (deed === 'swap') return isBlank(filled.tareKg) || tareIn(filled.tareKg) !== undefined;
  return true;
}

/** What was left blank is left out. */
export function bodyOfDeed(deed: Deed, filled: Filled): Record<string, unknown> {
  const texts = TEXTS[deed].flatMap(({ name }): [string, string][] =>
    isBlank(filled[name]) ? [] : [[name, (filled[name] ?? '').trim()]],
  );
  const tareKg = deed === 'swap' || deed === 'tare' ? tareIn(filled.tareKg) : undefined;
  const isTyped = deed === 'swap' || filled.weigh === 'typed';
  return { ...Object.fromEntries(texts), ...(isTyped && tareKg !== undefined && { tareKg }) };
}
