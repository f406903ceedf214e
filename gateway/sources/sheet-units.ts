// The units in which people write down weights, by all their usual names, and the way to kilograms.
// `tons` is not among them: it is 907, 1000 or 1016 kg depending on who wrote the sheet.
import { conversionOf, unitsOf, type Convert } from './recording-units.ts';

const OTHER_NAMES: Readonly<Record<string, string>> = {
  kilogram: 'kg',
  kilograms: 'kg',
  公斤: 'kg',
  千克: 'kg',
  gram: 'g',
  grams: 'g',
  克: 'g',
  tonne: 't',
  tonnes: 't',
  'metric ton': 't',
  'metric tons': 't',
  吨: 't',
  pound: 'lb',
  pounds: 'lb',
  lbs: 'lb',
  'short ton': 'short t',
  'short tons': 'short t',
  'us ton': 'short t',
  'us tons': 'short t',
  'long ton': 'long t',
  'long tons': 'long t',
};

/** Undefined for a unit that is not known or, as `tons`, not one. */
export const weightUnit = (unit: string): Convert | undefined => {
  const name = unit.trim();
  const plain = name.toLowerCase().replaceAll(/[-_]/g, ' ');
  const known = Object.hasOwn(OTHER_NAMES, plain) ? OTHER_NAMES[plain] : name;
  return conversionOf('net', known ?? name);
};

export const weightUnits = (): string[] => unitsOf('net');
