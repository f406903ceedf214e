// Everything that the gateway says on one broker, put together and told by the same stream that the
// screens are told by: first all as it stands, then each change.
//
//   watch ─┬─▶ asset ─▶ its state, its description ─▶ board ─▶ retained
//          └─▶ alarm, ticket, source ─▶ news ─▶ bridge/event
//
// Promise: `bridge/state` says online only while somebody here renews what it stands for, and
// offline is the last word.
import type { Compound } from '../domain/asset.ts';
import { seconds, type Cancel, type Clock } from '../domain/time.ts';
import {
  bridgeTopic,
  createBridgeNews,
  OFFLINE,
  ONLINE,
  type BridgeHealth,
  type Happening,
} from './bridge.ts';
import { createHomeAssistant, type HomeAssistantSettings } from './home-assistant.ts';
import { assetState, assetTopic } from './mqtt-state.ts';
import type { Publisher } from './publisher.ts';
import { createRetainedBoard, type RetainedBoard } from './retained-board.ts';

export interface MqttOutParts {
  readonly publisher: Publisher;
  readonly compound: Compound;
  readonly version: string;
  /** Whether every reading is made up. */
  readonly simulated: boolean;
  readonly clock: Clock;
  /** Tells all as it stands before it returns, then each change. */
  readonly watch: (listener: (happening: Happening) => void) => Cancel;
  readonly health: () => BridgeHealth;
  readonly homeAssistant: HomeAssistantSettings;
}

export interface MqttOut {
  /** Begins to speak. The broker need not be there yet. */
  start(): void;
  /** Says offline and nothing after it. */
  stop(): Promise<void>;
  state(): MqttOutState;
}

interface MqttOutState {
  /** Topics that do not say yet what they should; more than a few for long: the broker is away. */
  readonly unsaid: number;
  /** Events that could not be told when they happened, and were not told later. */
  readonly missed: number;
}

const HEALTH_EVERY = seconds(60);
/** A broker that is gone must not hold up the end. */
const LAST_WORD_WITHIN = seconds(2);

export function createMqttOut(parts: MqttOutParts): MqttOut {
  const { publisher, compound, clock } = parts;
  const { place, stations } = compound;
  const board = createRetainedBoard(publisher, clock);
  const home = createHomeAssistant({
    ...parts,
    settings: parts.homeAssistant,
    board,
    place,
    stations,
  });
  const tell = createTeller(parts, { board, describe: home.describe });
  let ending: readonly Cancel[] = [];
  let stopped: Promise<void> | undefined;
  return {
    start() {
      board.put(bridgeTopic(place.id, 'state'), ONLINE);
      board.put(bridgeTopic(place.id, 'info'), JSON.stringify(infoOf(parts)));
      const unwatch = tell.start();
      home.start();
      ending = [unwatch, home.stop, renewHealth(parts, board)];
    },
    stop() {
      ending.forEach((end) => end());
      return (stopped ??= lastWord(parts, board));
    },
    state: () => ({ unsaid: board.unsaid(), missed: tell.missed() }),
  };
}

function createTeller(
  { publisher, compound, clock, watch }: MqttOutParts,
  to: { readonly board: RetainedBoard; readonly describe: HomeTell },
) {
  const site = compound.place.id;
  const news = createBridgeNews();
  let isNew = false;
  let missed = 0;
  const tell = (happening: Happening): void => {
    if (happening.kind === 'asset') {
      const { data } = happening;
      to.board.put(assetTopic(site, data.id), JSON.stringify(assetState(data)));
      to.describe(data);
    }
    if (!isNew) return news.recall(happening);
    const event = news.notice(happening, clock.now());
    if (!event) return;
    publisher.publish(bridgeTopic(site, 'event'), JSON.stringify(event), { qos: 1 }).catch(() => {
      missed += 1; // and is not told later: what holds now stands retained
    });
  };
  return {
    missed: () => missed,
    start(): Cancel {
      const unwatch = watch(tell);
      isNew = true;
      return unwatch;
    },
  };
}

type HomeTell = ReturnType<typeof createHomeAssistant>['describe'];

const infoOf = ({ compound, version, simulated, clock }: MqttOutParts) => ({
  name: 'courtyard',
  version,
  site: compound.place.id,
  siteName: compound.place.name,
  zone: compound.place.zone,
  simulated,
  startedAt: new Date(clock.now()).toISOString(),
  assets: [...compound.assets.keys()],
  devices: [...compound.devices.keys()],
});

function renewHealth({ compound, clock, health }: MqttOutParts, board: RetainedBoard): Cancel {
  let next: Cancel;
  const renew = (): void => {
    const told = { at: new Date(clock.now()).toISOString(), ...health() };
    board.put(bridgeTopic(compound.place.id, 'health'), JSON.stringify(told));
    next = clock.after(HEALTH_EVERY, renew);
  };
  renew();
  return () => next();
}

async function lastWord(parts: MqttOutParts, board: RetainedBoard): Promise<void> {
  const { publisher, compound, clock } = parts;
  const topic = bridgeTopic(compound.place.id, 'state');
  const say = async (): Promise<void> => {
    await board.stop();
    await publisher.publish(topic, OFFLINE, { retain: true, qos: 1 }).catch(() => {
      // Out of reach: a broker that is not our own has our will, and it says the same.
    });
  };
  let forget: Cancel | undefined;
  const tooLong = new Promise<void>((resolve) => {
    forget = clock.after(LAST_WORD_WITHIN, resolve);
  });
  await Promise.race([say(), tooLong]);
  forget?.();
}
