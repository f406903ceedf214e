// One message at QoS 1 that is not let go before its acknowledgement.
import type { MqttClient } from 'mqtt';

const TRY_AGAIN_MS = 100;

export interface Letter {
  readonly client: MqttClient;
  readonly topic: string;
  readonly payload: string;
}

/**
 * The library sends again by itself what was in flight when the connection broke. What it gives up
 * (a second break while it was at that) comes back as an error, and is handed to it anew: the same
 * bytes, and so the same seq. Ends without an acknowledgement only where the client is ended.
 */
export function untilAcknowledged(letter: Letter, onAck: () => void): void {
  const { client, topic, payload } = letter;
  client.publish(topic, payload, { qos: 1 }, (error) => {
    if (!error) onAck();
    else if (!client.disconnecting) setTimeout(untilAcknowledged, TRY_AGAIN_MS, letter, onAck);
  });
}
