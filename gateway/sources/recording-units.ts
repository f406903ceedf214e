// The units in which other people's recordings give their quantities, and the way to ours.
// One table and nothing guessed: a pair that is not in it is a mistake in the map.
import { QUANTITIES } from '../domain/quantity.ts';
import type { Quantity } from '../domain/quantity.ts';

/** `(value - less) × times ÷ over`: dividing where ours is the larger unit keeps 57 % at 0.57. */
interface Conversion {
  readonly less?: number;
  readonly times?: number;
  readonly over?: number;
}

/** By our unit, then by theirs. */
const INTO: Readonly<Record<string, Readonly<Record<string, Conversion>>>> = {
  mm: { cm: { times: 10 }, m: { times: 1000 }, in: { times: 25.4 } },
  ratio: { '%': { over: 100 }, '/10': { over: 10 }, '/100': { over: 100 }, '/255': { over: 255 } },
  kg: {
    g: { over: 1000 },
    t: { times: 1000 },
    lb: { times: 0.45359237 },
    /** Short tons, as American recordings weigh: 2,000 lb. */
    'short t': { times: 907.18474 },
    /** 2,240 lb. */
    'long t': { times: 1016.0469088 },
    斤: { over: 2 },
  },
  W: { mW: { over: 1000 }, kW: { times: 1000 } },
  kWh: { Wh: { over: 1000 }, MWh: { times: 1000 }, Wmin: { over: 60_000 } },
  V: { mV: { over: 1000 } },
  A: { mA: { over: 1000 } },
  mA: { A: { times: 1000 } },
  lx: { klx: { times: 1000 } },
  '°C': { '°F': { less: 32, times: 5, over: 9 }, K: { less: 273.15 }, '0.1 °C': { over: 10 } },
  L: { mL: { over: 1000 }, 'm³': { times: 1000 }, m3: { times: 1000 } },
  'L/h': { 'L/min': { times: 60 }, 'm³/h': { times: 1000 }, 'm3/h': { times: 1000 } },
};

export type Convert = (value: number) => number;

/** Undefined where the table does not know the pair. */
export function conversionOf(quantity: Quantity, unit: string): Convert | undefined {
  const { unit: ours } = QUANTITIES[quantity];
  if (unit === ours) return (value) => value;
  const known = INTO[ours];
  const way = known && Object.hasOwn(known, unit) ? known[unit] : undefined;
  if (!way) return undefined;
  const { less = 0, times = 1, over = 1 } = way;
  return (value) => ((value - less) * times) / over;
}

/** Every unit that a quantity may come in, ours first. */
export function unitsOf(quantity: Quantity): string[] {
  const { unit } = QUANTITIES[quantity];
  return [unit, ...Object.keys(INTO[unit] ?? {})];
}
