// What a sensor said beside a report, as a sentence of either tongue.
import { QUANTITIES, type Quantity } from '../../domain/quantity.ts';
import type { SensorWord } from '../../domain/report.ts';
import type { Words } from './words.ts';

/** “The sensor says: 7号庭院灯 is lit, 28 W, 12 s before” */
export function sensorSays(
  { says, name, quantity, value, ageS }: SensorWord,
  { report, sensor }: Words,
): string {
  const amount = amountOf(quantity, value);
  const parts = [
    sensor[says](name),
    ...(amount === undefined ? [] : [amount]),
    agoIn(ageS, sensor),
  ];
  return `${sensor.said}${report.colon}${parts.join(report.comma)}`;
}

/** Undefined for a switch: that it is on, the sentence says. */
function amountOf(quantity: Quantity, value: number): string | undefined {
  const { unit } = QUANTITIES[quantity];
  if (unit === '0/1') return undefined;
  return unit === 'ratio'
    ? `${Math.round(value * 100)} %`
    : `${Math.round(value * 10) / 10} ${unit}`;
}

function agoIn(
  ageS: number,
  { secondsBefore, minutesBefore, hoursBefore }: Words['sensor'],
): string {
  if (ageS < 60) return secondsBefore(ageS);
  const minutes = Math.round(ageS / 60);
  return minutes < 60 ? minutesBefore(minutes) : hoursBefore(Math.round(minutes / 60));
}
