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

export const QUANTITIES = {
  distance: { unit: 'mm', field: 'distance_mm', least: 0, most: 20_000, decimals: 0 },
  fill: { unit: 'ratio', field: 'fill_ratio', least: 0, most: 2, decimals: 3 },
  gross: { unit: 'kg', field: 'gross_kg', least: -50, most: 5_000, decimals: 2 },
  net: { unit: 'kg', field: 'net_kg', least: -100, most: 5_000, decimals: 2 },
  power: { unit: 'W', field: 'power_w', least: -10, most: 10_000, decimals: 1 },
  energy: { unit: 'kWh', field: 'energy_kwh', least: 0, most: 1e9, decimals: 3 },
  voltage: { unit: 'V', field: 'voltage_v', least: 0, most: 500, decimals: 1 },
  current: { unit: 'A', field: 'current_a', least: -1, most: 100, decimals: 3 },
  leak: { unit: 'mA', field: 'leak_ma', least: 0, most: 5_000, decimals: 1 },
  lux: { unit: 'lx', field: 'lux_lx', least: 0, most: 200_000, decimals: 0 },
  temperature: { unit: '°C', field: 'temperature_c', least: -60, most: 200, decimals: 1 },
  battery: { unit: 'V', field: 'battery_v', least: 0, most: 60, decimals: 2 },
  batteryLevel: { unit: 'ratio', field: 'battery_level_ratio', least: 0, most: 1, decimals: 2 },
  volume: { unit: 'L', field: 'volume_l', least: 0, most: 1e12, decimals: 1 },
  flow: { unit: 'L/h', field: 'flow_l_h', least: 0, most: 1e6, decimals: 1 },
  on: { unit: '0/1', field: 'on', least: 0, most: 1, decimals: 0 },
  lid: { unit: '0/1', field: 'lid', least: 0, most: 1, decimals: 0 },
  tilt: { unit: '0/1', field: 'tilt', least: 0, most: 1, decimals: 0 },
  rssi: { unit: 'dBm', field: 'rssi_dbm', least: -200, most: 50, decimals: 0 },
  snr: { unit: 'dB', field: 'snr_db', least: -60, most: 60, decimals: 1 },
} as const satisfies Record<string, QuantityFacts>;

export type Quantity = keyof typeof QUANTITIES;

export const isQuantity = (word: string): word is Quantity => Object.hasOwn(QUANTITIES, word);
