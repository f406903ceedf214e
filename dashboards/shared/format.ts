// The one place where numbers, ages and moments become text. Times are the site's, 24 h; numbers
// carry their unit; a missing one is “—” and never 0. Fill is shown in steps of 5 %, because the
// sensors are honest to a quarter and a wobbling last digit claims what they do not know.
import { siteTimeIn } from './site-time.ts';
import type { Words } from './words-zh.ts';

interface Shape {
  readonly unit: string;
  readonly factor?: number;
  readonly decimals: number;
  readonly step?: number;
}

const SHAPES: Readonly<Record<string, Shape>> = {
  distance: { unit: 'mm', decimals: 0 },
  fill: { unit: '%', factor: 100, decimals: 0, step: 5 },
  gross: { unit: 'kg', decimals: 1 },
  net: { unit: 'kg', decimals: 1 },
  power: { unit: 'W', decimals: 1 },
  energy: { unit: 'kWh', decimals: 1 },
  voltage: { unit: 'V', decimals: 0 },
  current: { unit: 'A', decimals: 2 },
  leak: { unit: 'mA', decimals: 1 },
  lux: { unit: 'lx', decimals: 0 },
  temperature: { unit: '°C', decimals: 1 },
  battery: { unit: 'V', decimals: 2 },
  batteryLevel: { unit: '%', factor: 100, decimals: 0 },
  volume: { unit: 'L', decimals: 0 },
  flow: { unit: 'L/h', decimals: 0 },
  rssi: { unit: 'dBm', decimals: 0 },
  snr: { unit: 'dB', decimals: 1 },
};
const NO_BREAK = '\u00a0';

export interface Format {
  /** As glanced at: fill in 5 % steps, weight to 0.1 kg. */
  value(quantity: string, value: number | undefined): string;
  /** As compared with a limit: fill to the percent. */
  exact(quantity: string, value: number | undefined): string;
  /** Kilograms as tonnes: “0.53 t”, as managers count. */
  tonnes(kg: number | undefined): string;
  /** A share 0…1: “62.4 %”. */
  percent(share: number | undefined): string;
  /** The distance between two shares, without a unit: “1.3”. */
  points(share: number): string;
  /** “17,280”. */
  count(count: number): string;
  /** “38分钟前”. */
  age(seconds: number | undefined): string;
  /** “38分钟”. */
  duration(seconds: number): string;
  /** “10:42”, in the site's zone. */
  clock(moment: number): string;
  /** “10:42” today, “11-21 10:42” on another of the site's days. */
  moment(moment: number, now: number): string;
  /** “38分钟前 · 10:42”. */
  since(moment: number, now: number): string;
}

export function formatIn(zone: string, words: Words): Format {
  const time = siteTimeIn(zone);
  const clock = (moment: number) => time.at(moment).clock;
  const age = (seconds: number | undefined) => ageOf(seconds, words);
  const moment = (at: number, now: number) => {
    const [then, today] = [time.at(at), time.at(now)];
    return then.date === today.date ? then.clock : `${then.date.slice(5)} ${then.clock}`;
  };
  return {
    value: (quantity, value) => valueOf(quantity, value, { words, stepped: true }),
    exact: (quantity, value) => valueOf(quantity, value, { words, stepped: false }),
    tonnes: (kg) => amount(kg === undefined ? kg : kg / 1000, { decimals: 2, unit: 't' }, words),
    percent: (share) => {
      const value = share === undefined ? share : share * 100;
      return amount(value, { decimals: 1, unit: '%' }, words);
    },
    points: (share) => (share * 100).toFixed(1),
    count: (count) => count.toLocaleString('en-US'),
    age,
    duration: (seconds) => durationOf(seconds, words),
    clock,
    moment,
    since: (at, now) => words.time.both(age((now - at) / 1000), moment(at, now)),
  };
}

function amount(value: number | undefined, { decimals, unit }: Shape, words: Words): string {
  if (value === undefined || !Number.isFinite(value)) return words.unknown;
  return `${withoutMinusZero(value.toFixed(decimals))}${NO_BREAK}${unit}`;
}

interface ValueStyle {
  readonly words: Words;
  readonly stepped: boolean;
}

function valueOf(quantity: string, value: number | undefined, style: ValueStyle): string {
  if (value === undefined || !Number.isFinite(value)) return style.words.unknown;
  const truth = truthOf(quantity, style.words);
  if (truth) return truth[value >= 0.5 ? 1 : 0] ?? style.words.unknown;
  const shape = SHAPES[quantity];
  if (!shape) return String(value);
  const scaled = value * (shape.factor ?? 1);
  const step = style.stepped ? (shape.step ?? 0) : 0;
  const shown = step > 0 ? Math.round(scaled / step) * step : scaled;
  return amount(shown, shape, style.words);
}

/** A tare that wobbles just below nothing reads 0.0, not -0.0. */
const withoutMinusZero = (digits: string): string => digits.replace(/^-(?=0(?:\.0*)?$)/, '');

function truthOf(quantity: string, words: Words): readonly string[] | undefined {
  if (quantity === 'on' || quantity === 'lid' || quantity === 'tilt') return words.truth[quantity];
  return undefined;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function ageOf(seconds: number | undefined, words: Words): string {
  if (seconds === undefined || !Number.isFinite(seconds)) return words.unknown;
  if (seconds < 1) return words.time.now;
  if (seconds < MINUTE) return words.time.secondsAgo(Math.floor(seconds));
  if (seconds < HOUR) return words.time.minutesAgo(Math.floor(seconds / MINUTE));
  if (seconds < 2 * DAY) return words.time.hoursAgo(Math.floor(seconds / HOUR));
  return words.time.daysAgo(Math.floor(seconds / DAY));
}

function durationOf(seconds: number, words: Words): string {
  if (!Number.isFinite(seconds)) return words.unknown;
  if (seconds < MINUTE) return words.time.seconds(Math.max(0, Math.floor(seconds)));
  if (seconds < HOUR) return words.time.minutes(Math.floor(seconds / MINUTE));
  if (seconds < 2 * DAY) return words.time.hours(Math.floor(seconds / HOUR));
  return words.time.days(Math.floor(seconds / DAY));
}
