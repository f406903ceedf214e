// What a deposit says of its station's hours: whether it came within a window, which ten minutes of it
// were used, and whether the circumstances speak for dumping. Pure, and counted once when it is told;
// what is taken back is taken off again.
import type { WeighedEvent } from '../domain/deposit.ts';
import { SLOT_MINUTES, type DayUse } from '../domain/ledger.ts';
import { SUSPICIONS, type Suspicion } from '../domain/suspect.ts';
import { between, hours, minutes, type Instant } from '../domain/time.ts';

/** Enough to look into; a day with more of them is counted to the end. */
const MOST_CASES = 40;
/** More than a household carries: a bag of kitchen waste has 2 to 5 kg. */
const HEAP_KG = 20;
const HEAP_L = 80;
/** What comes into one bin within this is one heap. */
export const HEAP_WITHIN = minutes(10);
/** A lid opens before the weight comes, by as much as a bag is rummaged for. */
const LID_BEFORE = minutes(2);
/** Nobody remembers how the lid was when what happened is told this late. */
const LID_KNOWN_FOR = hours(1);
/** The site's minutes in which people sleep. */
const [NIGHT_FROM, NIGHT_TO] = [22 * 60, 5 * 60];

export const NO_USE: DayUse = {
  deposits: 0,
  offHours: 0,
  offHoursKg: 0,
  slots: [],
  suspects: 0,
  suspectKg: 0,
  cases: [],
};

export interface Circumstances {
  /** `always` for a station without windows. */
  readonly window: 'open' | 'shut' | 'always';
  /** By the clock on the site's wall, since midnight. */
  readonly wallMinute: number;
  /** With it, what came into this bin within minutes. */
  readonly heap: { readonly kg: number; readonly litres: number };
  /** Absent where the lid has no sensor. */
  readonly lid?: { readonly isOpen: boolean; readonly changedAt: Instant } | undefined;
  readonly now: Instant;
}

/** Nothing is said of a bag in the middle of a window, however heavy its neighbours were. */
export function suspicionsOf(event: WeighedEvent, about: Circumstances): Suspicion[] {
  const { window, wallMinute, heap, lid, now } = about;
  const told = new Set<string>(event.flags);
  const isShutIn =
    lid !== undefined &&
    !lid.isOpen &&
    lid.changedAt < event.at - LID_BEFORE &&
    between(event.at, now) <= LID_KNOWN_FOR;
  const isNight = window === 'shut' && (wallMinute >= NIGHT_FROM || wallMinute < NIGHT_TO);
  const alone = (event.kg ?? 0) >= HEAP_KG || (event.litres ?? 0) >= HEAP_L;
  const isHeap = alone || (window === 'shut' && (heap.kg >= HEAP_KG || heap.litres >= HEAP_L));
  return [
    ...(isShutIn || told.has('no-lid') ? ['no-lid' as const] : []),
    ...(isNight ? ['night' as const] : []),
    ...(isHeap ? ['heap' as const] : []),
  ];
}

export interface Used {
  readonly event: WeighedEvent;
  readonly kg: number;
  readonly window: Circumstances['window'];
  /** Since the day began. */
  readonly minute: number;
  readonly why: readonly Suspicion[];
}

export function usedBy(use: DayUse, { event, kg, window, minute, why }: Used): DayUse {
  const slot = Math.floor(minute / SLOT_MINUTES);
  const isNewSlot = window === 'open' && !use.slots.includes(slot);
  const { asset, at, litres } = event;
  const measure = {
    ...(event.kg !== undefined && { kg }),
    ...(litres !== undefined && { litres }),
  };
  return {
    deposits: use.deposits + 1,
    offHours: use.offHours + (window === 'shut' ? 1 : 0),
    offHoursKg: toGram(use.offHoursKg + (window === 'shut' ? kg : 0)),
    slots: isNewSlot ? [...use.slots, slot].sort((a, b) => a - b) : use.slots,
    suspects: use.suspects + (why.length > 0 ? 1 : 0),
    suspectKg: toGram(use.suspectKg + (why.length > 0 ? kg : 0)),
    cases:
      why.length > 0 && use.cases.length < MOST_CASES
        ? [...use.cases, { asset, at, ...measure, why }]
        : use.cases,
  };
}

/** The deposit is out again: what was counted of it, as its flags remember it, is not. */
export function takenBack(use: DayUse, event: WeighedEvent, kg: number): DayUse {
  const { asset, at, flags = [] } = event;
  const isOff = flags.includes('off-hours');
  const isSuspect = SUSPICIONS.some((why) => flags.includes(why));
  return {
    ...use,
    deposits: use.deposits - 1,
    offHours: use.offHours - (isOff ? 1 : 0),
    offHoursKg: toGram(use.offHoursKg - (isOff ? kg : 0)),
    suspects: use.suspects - (isSuspect ? 1 : 0),
    suspectKg: toGram(use.suspectKg - (isSuspect ? kg : 0)),
    cases: use.cases.filter((one) => one.asset !== asset || one.at !== at),
  };
}

const toGram = (kg: number): number => Math.round(kg * 1000) / 1000;
