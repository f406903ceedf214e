// What the bench's lamps say. Message number n of a run belongs to lamp n mod lamps, and its number
// is the energy that the lamp tells: no two messages of a run tell the same, and a meter that counts
// up is believed. So every row found anywhere can be traced to one message.
// Of every lamp one message in a hundred tells a leak above the limit, the next is below it again;
// that leak too is told only once, so that an alarm can be traced to the message that raised it.

/** mA; what is above it makes an alarm. */
export const LEAK_LIMIT = 30;
/** on, power, voltage, leak, energy. */
export const READINGS_PER_MESSAGE = 5;
const ALARM_EVERY = 100;
const LOWEST_ALARM = 100;
/** How many different ones there are. */
const LEAKS = 4_500_000;
/** So that every message has as many digits. */
const LOWEST_ENERGY = 1_000_000;

export const lampId = (lamp: number): string => `lamp-${String(lamp).padStart(5, '0')}`;

export const lampTopic = (site: string, lamp: number): string =>
  `courtyard/${site}/${lampId(lamp)}/telemetry`;

/** @param turn how often this lamp spoke before */
export const raisesAlarm = (lamp: number, turn: number): boolean =>
  (turn + lamp) % ALARM_EVERY === ALARM_EVERY - 1;

/** In thousandths of a mA the number itself, kept within what a leak can be (5 A). */
const alarmingLeak = (number: number): number => LOWEST_ALARM + (number % LEAKS) / 1000;

/**
 * Which message told this leak: the first from `fromNumber` on that can have; undefined where the
 * leak is an ordinary one.
 */
export function numberOfLeak(leak: number, fromNumber: number): number | undefined {
  if (!(leak >= LOWEST_ALARM)) return undefined;
  const place = Math.round((leak - LOWEST_ALARM) * 1000) - (fromNumber % LEAKS);
  return fromNumber + (place < 0 ? place + LEAKS : place);
}

export const energyOf = (number: number): number => LOWEST_ENERGY + number;

export const numberOfEnergy = (energy: number): number => energy - LOWEST_ENERGY;

/** About 112 bytes of JSON. @param at ISO 8601 */
export function payloadOf(number: number, lamps: number, at: string): string {
  const lamp = number % lamps;
  const turn = (number - lamp) / lamps;
  const power = 20 + ((number * 7) % 1000) / 100;
  const voltage = 225 + ((number * 13) % 100) / 10;
  const leak = raisesAlarm(lamp, turn) ? alarmingLeak(number) : 1 + (number % 90) / 100;
  return (
    `{"seq":${turn % 65_536},"at":"${at}","on":1,"power":${power.toFixed(2)},` +
    `"voltage":${voltage.toFixed(1)},"leak":${leak.toFixed(3)},"energy":${energyOf(number)}}`
  );
}
