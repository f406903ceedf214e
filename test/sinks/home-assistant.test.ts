// A subscriber as Home Assistant is one: it reads every description, finds each entity's state by its
// template, and takes no class with a unit that is not its own.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isQuantity, QUANTITIES } from '../../gateway/domain/quantity.ts';
import { handPublisher } from '../fakes/hand-publisher.ts';
import { samplesFolder } from '../tools.ts';
import { latest, spoken } from './spoken.ts';

const ON = { enabled: true, prefix: 'homeassistant' };

interface Entity extends Record<string, unknown> {
  readonly platform: string;
  readonly unique_id: string;
  readonly state_topic: string;
  readonly value_template: string;
  readonly device_class?: string;
  readonly state_class?: string;
  readonly unit_of_measurement?: string;
  readonly payload_on?: string;
  readonly payload_off?: string;
}
interface Description {
  readonly dev: {
    readonly identifiers: string[];
    readonly name: string;
    readonly via_device?: string;
  };
  readonly o: { readonly name: string };
  readonly avty?: readonly { readonly topic: string; readonly value_template: string }[];
  readonly cmps: Readonly<Record<string, Entity>>;
}

/** As `homeassistant/components/sensor/const.py` has them, those classes that we speak of. */
const SENSOR_CLASSES: Record<string, { units: string[]; states: string[] }> = {
  distance: { units: ['mm', 'cm', 'm', 'km'], states: ['measurement'] },
  weight: { units: ['g', 'kg'], states: ['measurement', 'total_increasing'] },
  power: { units: ['W', 'kW'], states: ['measurement'] },
  energy: { units: ['Wh', 'kWh'], states: ['total', 'total_increasing'] },
  voltage: { units: ['mV', 'V'], states: ['measurement'] },
  current: { units: ['mA', 'A'], states: ['measurement'] },
  illuminance: { units: ['lx'], states: ['measurement'] },
  temperature: { units: ['°C', '°F', 'K'], states: ['measurement'] },
  battery: { units: ['%'], states: ['measurement'] },
  water: { units: ['L', 'm³'], states: ['total', 'total_increasing'] },
  volume_flow_rate: { units: ['m³/h', 'L/h', 'L/min', 'L/s'], states: ['measurement'] },
  signal_strength: { units: ['dB', 'dBm'], states: ['measurement'] },
  timestamp: { units: [], states: [] },
};
const BINARY_CLASSES = ['connectivity', 'light', 'opening', 'problem'];

/** `{{ value_json.x }}` as Jinja renders it: what is null reads None, what is missing cannot be had. */
function rendered(template: string, payload: string): string {
  const [, key = ''] = /^\{\{ value_json\.(\w+) \}\}$/.exec(template) ?? [];
  const state = JSON.parse(payload) as Record<string, string | number | null>;
  if (!(key in state)) throw new Error(`${template} finds nothing in ${payload}`);
  return state[key] === null ? 'None' : String(state[key]);
}

/** What Home Assistant would refuse an entity for. */
function complaintsOf(entity: Entity): string[] {
  const { unique_id, platform, device_class, state_class, unit_of_measurement: unit } = entity;
  const refuse = (isWrong: boolean, words: string): string[] =>
    isWrong ? [`${unique_id}: ${words}`] : [];
  if (platform === 'binary_sensor') {
    return [
      ...refuse(!BINARY_CLASSES.includes(device_class ?? ''), `class ${device_class}`),
      ...refuse(unit !== undefined || state_class !== undefined, 'a unit on a flag'),
    ];
  }
  if (platform !== 'sensor') return [`${unique_id}: platform ${platform}`];
  if (device_class === undefined) return [];
  const facts = SENSOR_CLASSES[device_class];
  if (!facts) return [`${unique_id}: class ${device_class}`];
  const { units, states } = facts;
  return [
    ...refuse(unit === undefined ? units.length > 0 : !units.includes(unit), `unit ${unit}`),
    ...refuse(
      state_class === undefined ? states.length > 0 : !states.includes(state_class),
      `state class ${state_class}`,
    ),
  ];
}

const LAMP_KEYS = ['observedAt', 'on', 'power', 'problem', 'state', 'voltage'];

type Publisher = ReturnType<typeof handPublisher>;

function descriptionsOn({ retained }: Publisher): [topic: string, Description][] {
  return [...retained]
    .filter(([topic]) => topic.startsWith('homeassistant/'))
    .map(([topic, payload]) => [topic, JSON.parse(payload) as Description]);
}

const entitiesOn = (publisher: Publisher): Entity[] =>
  descriptionsOn(publisher).flatMap(([, { cmps }]) => Object.values(cmps));

/** A compound in which one asset measures everything that can be measured. */
async function described() {
  const told = spoken({ homeAssistant: ON });
  await told.start();
  const flags = ['on', 'lid', 'tilt'];
  const everything = Object.keys(QUANTITIES).map((quantity) => [
    quantity,
    latest(flags.includes(quantity) ? 1 : 0.5),
  ]);
  told.asset('k1-wet', { latest: Object.fromEntries(everything) });
  await told.pass(2);
  return told;
}

describe('Home Assistant', () => {
  it('is told nothing unless it is asked for', async () => {
    const { start, publisher } = spoken();
    await start();
    expect(descriptionsOn(publisher)).toEqual([]);
  });

  it('gets one retained description for each asset and one for the gateway', async () => {
    const { publisher, desk } = await described();
    const topics = descriptionsOn(publisher).map(([topic]) => topic);
    expect(topics).toHaveLength(desk.assets().length + 1);
    for (const topic of topics) {
      expect(topic).toMatch(/^homeassistant\/device\/[a-zA-Z0-9_-]+\/config$/);
    }
    for (const [, { o, dev }] of descriptionsOn(publisher)) {
      expect(o.name).toBe('courtyard');
      expect(dev.identifiers).toHaveLength(1);
      expect(dev.name).not.toBe('');
    }
  });

  it('finds the state of every entity by its template', async () => {
    const { publisher } = await described();
    const states = entitiesOn(publisher).map((entity) => {
      const payload = publisher.retained.get(entity.state_topic);
      if (payload === undefined) throw new Error(`nothing stands on ${entity.state_topic}`);
      return { entity, state: rendered(entity.value_template, payload) };
    });
    expect(states.length).toBeGreaterThan(50);
    const unread = states
      .filter(({ entity }) => entity.platform === 'binary_sensor')
      .filter(
        ({ entity, state }) => ![entity.payload_on, entity.payload_off, 'None'].includes(state),
      );
    expect(unread).toEqual([]);
  });

  it('takes the class, the unit and the state class of every entity', async () => {
    const { publisher } = await described();
    expect(entitiesOn(publisher).flatMap(complaintsOf)).toEqual([]);
  });

  it('gets an entity for every quantity that there is, once it is heard and not before', async () => {
    const { publisher } = await described();
    const keysOf = (asset: string): string[] => {
      const topic = `courtyard/luyuan/assets/${asset}`;
      const entities = entitiesOn(publisher).filter(({ state_topic }) => state_topic === topic);
      return entities.map(({ value_template }) => value_template.replaceAll(/^.*\.| .*$/g, ''));
    };
    const shown = keysOf('k1-wet').map((key) => key.replace('Percent', ''));
    expect(shown.filter(isQuantity).sort()).toEqual(Object.keys(QUANTITIES).sort());
    expect(keysOf('lamp-07').sort()).toEqual(LAMP_KEYS);
  });

  it('gives no two entities one name', async () => {
    const { publisher } = await described();
    for (const name of ['unique_id', 'default_entity_id']) {
      const names = entitiesOn(publisher).map((entity) => entity[name]);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('holds every asset for gone while the gateway is', async () => {
    const { publisher, out } = await described();
    const available = (): string[] =>
      descriptionsOn(publisher).flatMap(([, { avty = [] }]) =>
        avty.map(({ topic, value_template }) =>
          rendered(value_template, publisher.retained.get(topic) ?? ''),
        ),
      );
    expect(new Set(available())).toEqual(new Set(['online']));
    await out.stop();
    expect(new Set(available())).toEqual(new Set(['offline']));
  });

  it('lets a number expire when its device is overdue, and an alarm never', async () => {
    const { publisher } = await described();
    const expiry = Object.fromEntries(
      entitiesOn(publisher)
        .filter(({ state_topic }) => state_topic.endsWith('/k1-wet'))
        .map(({ unique_id, expire_after }) => [unique_id.split('_').at(-1), expire_after]),
    );
    expect(expiry).toMatchObject({ gross: 310, problem: undefined, state: undefined });
  });

  it('hears everything again when it says that it has started', async () => {
    const { publisher, pass } = await described();
    publisher.said.length = 0;
    publisher.hears('homeassistant/status', 'offline');
    await pass(2);
    expect(publisher.said).toHaveLength(1);
    publisher.hears('homeassistant/status', 'online');
    await pass(2);
    const again = publisher.said.filter(({ topic }) => topic.endsWith('/config'));
    expect(again).toHaveLength(descriptionsOn(publisher).length);
  });
});

describe('what Home Assistant was told before', () => {
  const before = async (): Promise<Publisher> => (await described()).publisher;

  it('is emptied when it is switched off', async () => {
    const publisher = await before();
    const { start, pass } = spoken({ publisher });
    await start();
    await pass(1);
    expect(descriptionsOn(publisher)).toEqual([]);
  });

  it('of an asset that is gone is emptied, and all else stays', async () => {
    const publisher = await before();
    const count = descriptionsOn(publisher).length;
    const [, some] =
      [...publisher.retained].find(([topic]) => topic.endsWith('_k1-wet/config')) ?? [];
    publisher.retained.set('homeassistant/device/courtyard_luyuan_old-bin/config', some ?? '');
    const { start, pass } = spoken({ publisher, homeAssistant: ON });
    await start();
    await pass(1);
    expect(descriptionsOn(publisher)).toHaveLength(count);
  });

  it('by others, or by a gateway whose name begins like ours, is left alone', async () => {
    const publisher = handPublisher();
    const theirs = 'homeassistant/device/courtyard_luyuan_2_k1-wet/config';
    publisher.retained.set(
      theirs,
      '{"avty":[{"topic":"courtyard/luyuan_2/bridge/state"}],"dev":{},"o":{},"cmps":{}}',
    );
    publisher.retained.set('homeassistant/device/plug/config', 'not even JSON');
    const { start, pass } = spoken({ publisher });
    await start();
    await pass(1);
    expect(publisher.retained.has(theirs)).toBe(true);
    expect(publisher.retained.has('homeassistant/device/plug/config')).toBe(true);
  });
});

const samples = samplesFolder();

describe.skipIf(!samples)('beside what another bridge publishes', () => {
  it('our entities say nothing that its entities do not', async () => {
    const file = path.join(samples ?? '', 'mqtt/ha_discovery_zigbee2mqtt.json');
    const { messages } = JSON.parse(readFileSync(file, 'utf8')) as {
      messages: { topic: string; retain: boolean; qos: number; payload: Record<string, unknown> }[];
    };
    const known = new Set(messages.flatMap(({ payload }) => Object.keys(payload)));
    // Words of our own: the platform stands in the topic there, and it has no need of the others.
    for (const word of ['platform', 'expire_after', 'suggested_display_precision']) known.add(word);
    const { publisher } = await described();
    const said = new Set(entitiesOn(publisher).flatMap((entity) => Object.keys(entity)));
    expect([...said].filter((word) => !known.has(word))).toEqual([]);
    const config = publisher.said.find(({ topic }) => topic.endsWith('/config'));
    expect(config).toMatchObject({ retain: messages[0]?.retain, qos: messages[0]?.qos });
  });
});
