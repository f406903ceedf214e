// Which entity of Home Assistant a quantity is: its platform, its device class with a unit that the
// class takes, its state class. The tables of Home Assistant's `sensor/const.py` say what goes with
// what; a class with a foreign unit would be refused there, and the whole device with it.
// Names are the compound's language, as are the names of its assets.
import { QUANTITIES, type Quantity } from '../domain/quantity.ts';
import { percentKey } from './mqtt-state.ts';

/** What is said of one entity, beside its id and where its state is found. */
export interface EntityFacts {
  readonly platform: 'sensor' | 'binary_sensor';
  readonly name: string;
  /** The key of the asset's state that it shows. */
  readonly key: string;
  readonly device_class?: string;
  readonly state_class?: 'measurement' | 'total_increasing';
  readonly unit_of_measurement?: string;
  readonly suggested_display_precision?: number;
  readonly entity_category?: 'diagnostic';
  readonly payload_on?: '1';
  readonly payload_off?: '0';
}

type Facts = Partial<Omit<EntityFacts, 'key' | 'unit_of_measurement'>> & { readonly name: string };

const FLAG = { platform: 'binary_sensor', payload_on: '1', payload_off: '0' } as const;
const COUNTER = { state_class: 'total_increasing' } as const;
const ASIDE = { entity_category: 'diagnostic' } as const;

const FACTS: Record<Quantity, Facts> = {
  distance: { name: '距离', device_class: 'distance', ...ASIDE },
  fill: { name: '满溢度' },
  gross: { name: '毛重', device_class: 'weight' },
  net: { name: '净重', device_class: 'weight' },
  power: { name: '功率', device_class: 'power' },
  energy: { name: '电能', device_class: 'energy', ...COUNTER },
  voltage: { name: '电压', device_class: 'voltage' },
  current: { name: '电流', device_class: 'current' },
  leak: { name: '漏电流', device_class: 'current' },
  lux: { name: '照度', device_class: 'illuminance' },
  temperature: { name: '温度', device_class: 'temperature' },
  battery: { name: '电池电压', device_class: 'voltage', ...ASIDE },
  batteryLevel: { name: '电量', device_class: 'battery', ...ASIDE },
  volume: { name: '水量', device_class: 'water', ...COUNTER },
  flow: { name: '流量', device_class: 'volume_flow_rate' },
  on: { name: '亮灯', device_class: 'light', ...FLAG },
  lid: { name: '桶盖', device_class: 'opening', ...FLAG },
  tilt: { name: '倾倒', device_class: 'problem', ...FLAG },
  rssi: { name: '信号强度', device_class: 'signal_strength', ...ASIDE },
  snr: { name: '信噪比', device_class: 'signal_strength', ...ASIDE },
};

export function entityOf(quantity: Quantity): EntityFacts {
  const facts = FACTS[quantity];
  if (facts.platform === 'binary_sensor')
    return { ...facts, platform: 'binary_sensor', key: quantity };
  const { unit, decimals } = QUANTITIES[quantity];
  const percent = percentKey(quantity);
  return {
    platform: 'sensor',
    state_class: 'measurement',
    ...facts,
    key: percent ?? quantity,
    unit_of_measurement: percent === undefined ? unit : '%',
    suggested_display_precision: percent === undefined ? decimals : 0,
  };
}

/** What every asset has, whatever it measures. */
export const STANDING_ENTITIES: readonly EntityFacts[] = [
  { platform: 'sensor', name: '状态', key: 'state' },
  { ...FLAG, name: '告警', key: 'problem', device_class: 'problem' },
  { platform: 'sensor', name: '观测时间', key: 'observedAt', device_class: 'timestamp', ...ASIDE },
];
