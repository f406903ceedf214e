// Says each notice as one CloudEvent on a broker of ours, at QoS 1 and not retained: who listens hears
// it, who comes later does not. Its id is the notice's key, the same whenever it is said again.
import { minutes } from '../domain/time.ts';
import { cloudEvent } from './cloud-event.ts';
import type { Notifier, Told } from './notifier.ts';

export interface MqttPlace {
  readonly id: string;
  readonly topic: string;
  readonly perMinute: number;
}

interface MqttParts {
  /** The site's id. */
  readonly site: string;
  /** Resolves once the broker has it; rejects where it does not run. */
  readonly publish: (
    topic: string,
    payload: string,
    how: { readonly qos: 1; readonly retain: false },
  ) => Promise<void>;
}

const AT_ONCE = 8;

export function createMqttNotifier(place: MqttPlace, { site, publish }: MqttParts): Notifier {
  return {
    id: place.id,
    kind: 'mqtt',
    limits: [{ most: place.perMinute, within: minutes(1) }],
    atOnce: AT_ONCE,
    async tell(notice): Promise<Told> {
      try {
        await publish(place.topic, cloudEvent(notice, site), { qos: 1, retain: false });
        return { kind: 'told' };
      } catch (error) {
        return { kind: 'try-later', why: error instanceof Error ? error.message : String(error) };
      }
    },
    close: () => undefined,
  };
}
