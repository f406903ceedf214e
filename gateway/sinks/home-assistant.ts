// Home Assistant's MQTT discovery in its device form: one retained message per asset, and one for the
// gateway, tells which entities there are and where their state is found. The states themselves are
// those of mqtt-state.ts; nothing is published for Home Assistant alone but these descriptions.
//
// Off by default. Where it is off, and for assets that have left the site file, descriptions of ours
// that a broker still holds are found there and emptied, so that no ghost stays behind.
import type { Place, Station } from '../domain/asset.ts';
import { STALE_AFTER } from '../domain/standing.ts';
import type { Cancel } from '../domain/time.ts';
import { bridgeTopic } from './bridge.ts';
import { entityOf, STANDING_ENTITIES, type EntityFacts } from './home-assistant-entities.ts';
import { assetTopic, quantitiesOf, type ShownAsset } from './mqtt-state.ts';
import type { Publisher } from './publisher.ts';
import type { RetainedBoard } from './retained-board.ts';

export interface HomeAssistantSettings {
  readonly enabled: boolean;
  /** The first level of its topics, `homeassistant` unless it was told otherwise. */
  readonly prefix: string;
}

export interface HomeAssistantParts {
  readonly settings: HomeAssistantSettings;
  readonly publisher: Publisher;
  readonly board: RetainedBoard;
  readonly place: Place;
  readonly stations: ReadonlyMap<string, Station>;
  readonly version: string;
}

export interface HomeAssistant {
  readonly describe: (asset: ShownAsset) => void;
  /** Begins to listen; every asset must have been described once before. */
  start(): void;
  readonly stop: () => void;
}

export function createHomeAssistant(parts: HomeAssistantParts): HomeAssistant {
  const { settings, publisher, board, place } = parts;
  const { enabled, prefix } = settings;
  let listening: readonly Cancel[] = [];
  const put = (id: string, config: object): void =>
    board.put(`${prefix}/device/${id}/config`, JSON.stringify(config));
  return {
    describe(asset) {
      if (enabled) put(deviceId(place.id, asset.id), assetConfig(parts, asset));
    },
    start() {
      if (enabled) put(deviceId(place.id), gatewayConfig(parts));
      const sweep = (topic: string, payload: string): void => {
        if (!board.has(topic) && isOurs(payload, place.id)) board.put(topic, '');
      };
      const greet = (_topic: string, payload: string): void => {
        if (payload === 'online') board.repeat();
      };
      listening = [
        publisher.hear(`${prefix}/device/+/config`, sweep),
        ...(enabled ? [publisher.hear(`${prefix}/status`, greet)] : []),
      ];
    },
    stop: () => listening.forEach((cancel) => cancel()),
  };
}

/** Letters, digits, hyphens and underscores only; of what an id may hold, the dot is none of them. */
const deviceId = (...ids: string[]): string =>
  ['courtyard', ...ids].join('_').replaceAll('.', '_2e');

const TOLERANCE_S = 10;
const LEAST_EXPIRY_S = 60;

function assetConfig(parts: HomeAssistantParts, asset: ShownAsset): object {
  const { place, stations } = parts;
  const id = deviceId(place.id, asset.id);
  const topic = assetTopic(place.id, asset.id);
  const area = stations.get(asset.station ?? '')?.name;
  const expiry = Math.max(LEAST_EXPIRY_S, Math.ceil(asset.expectedS * STALE_AFTER) + TOLERANCE_S);
  const measured = quantitiesOf(asset).map(([quantity]) => entityOf(quantity));
  const components = [
    ...STANDING_ENTITIES.map((facts) => entityConfig(facts, id, topic)),
    ...measured.map((facts) => ({ ...entityConfig(facts, id, topic), expire_after: expiry })),
  ];
  return {
    ...sharedConfig(parts),
    dev: {
      identifiers: [id],
      name: asset.name,
      manufacturer: 'Courtyard',
      model: asset.kind,
      via_device: deviceId(place.id),
      ...(area !== undefined && { suggested_area: area }),
    },
    cmps: Object.fromEntries(components.map((config) => [config.unique_id, config])),
  };
}

function entityConfig({ key, ...facts }: EntityFacts, device: string, topic: string) {
  return {
    ...facts,
    unique_id: `${device}_${key}`,
    default_entity_id: `${facts.platform}.${`${device}_${key}`.toLowerCase().replaceAll('-', '_')}`,
    state_topic: topic,
    value_template: `{{ value_json.${key} }}`,
  };
}

/** The gateway itself, that the others are reached through. */
function gatewayConfig(parts: HomeAssistantParts): object {
  const { place, version } = parts;
  const id = deviceId(place.id);
  const connection = {
    ...entityConfig(
      { platform: 'binary_sensor', name: '连接', key: 'state', device_class: 'connectivity' },
      id,
      bridgeTopic(place.id, 'state'),
    ),
    payload_on: 'online',
    payload_off: 'offline',
    entity_category: 'diagnostic',
  };
  const { avty: _self, ...shared } = sharedConfig(parts);
  return {
    ...shared,
    dev: {
      identifiers: [id],
      name: place.name,
      manufacturer: 'Courtyard',
      model: 'gateway',
      sw_version: version,
      ...(place.publicUrl !== undefined && { configuration_url: place.publicUrl }),
    },
    cmps: { [connection.unique_id]: connection },
  };
}

const sharedConfig = ({ place, version }: HomeAssistantParts) => ({
  o: { name: 'courtyard', sw_version: version },
  avty: [{ topic: bridgeTopic(place.id, 'state'), value_template: '{{ value_json.state }}' }],
  qos: 1,
});

/** By the topic that it hangs on: an id may begin like another gateway's, that topic cannot be shared. */
function isOurs(payload: string, site: string): boolean {
  return payload.includes(JSON.stringify(bridgeTopic(site, 'state')));
}
