// What can be measured, in which unit, and what a sane world allows.
// One table: the wire, the log, InfluxDB's field names, the API and the screens all read it.

/** A number that carries its unit in its type; inside the code no dimension is a bare number. */
type Measure<Unit extends string> = number & { readonly unit: Unit };

export type Millimetres = Measure<'mm'>;
export type Kilograms = Measure<'kg'>;
export type Watts = Measure<'W'>;
export type Ratio = Measure<'ratio'>;
export type Litres = Measure<'L'>;

interface QuantityFacts {
  /** As written at every border. */
  readonly unit: string;
  /** InfluxDB field and export column: the quantity with its unit in its name. */
  readonly field: string;
  /** Physically possible values; a card or an asset may narrow them. */
  readonly least: number;
  readonly most: number;
  /** Decimals worth showing. */
  readonly decimals: number;
}

const facts = (unit: string, field: string, least: number, most: number, decimals: number) =>
  ({ unit, field, least, most, decimals }) satisfies QuantityFacts;

export const QUANTITIES = {
  distance: facts('mm', 'distance_mm', 0, 20_000, 0),
  fill: facts('ratio', 'fill_ratio', 0, 2, 3),
  gross: facts('kg', 'gross_kg', -50, 5_000, 2),
  net: facts('kg', 'net_kg', -100, 5_000, 2),
  power: facts('W', 'power_w', -10, 10_000, 1),
  energy: facts('kWh', 'energy_kwh', 0, 1e9, 3),
  voltage: facts('V', 'voltage_v', 0, 500, 1),
  current: facts('A', 'current_a', -1, 100, 3),
  leak: facts('mA', 'leak_ma', 0, 5_000, 1),
  lux: facts('lx', 'lux_lx', 0, 200_000, 0),
  temperature: facts('°C', 'temperature_c', -60, 200, 1),
  battery: facts('V', 'battery_v', 0, 60, 2),
  batteryLevel: facts('ratio', 'battery_level_ratio', 0, 1, 2),
  volume: facts('L', 'volume_l', 0, 1e12, 1),
  flow: facts('L/h', 'flow_l_h', 0, 1e6, 1),
  on: facts('0/1', 'on', 0, 1, 0),
  lid: facts('0/1', 'lid', 0, 1, 0),
  tilt: facts('0/1', 'tilt', 0, 1, 0),
  rssi: facts('dBm', 'rssi_dbm', -200, 50, 0),
  snr: facts('dB', 'snr_db', -60, 60, 1),
} as const satisfies Record<string, QuantityFacts>;

export type Quantity = keyof typeof QUANTITIES;

export const isQuantity = (word: string): word is Quantity => Object.hasOwn(QUANTITIES, word);
