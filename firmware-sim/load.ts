// Many honest lamps at once, for finding out what a gateway loses. Each sends at QoS 1, numbers its
// messages, and never says the same power twice, so that every row found anywhere can be traced to
// one message. The ledger holds what was acknowledged: of that, nothing may be missing and nothing
// doubled. What was not acknowledged is sent again, same seq and bytes, until it is.
import type { MqttClient } from 'mqtt';
import { connect } from 'mqtt';
import { encodeJson, nextSeq } from './encode.ts';
import { untilAcknowledged } from './letter.ts';
import { SECOND } from './moment.ts';
import type { Random } from './random.ts';
import { randomFrom } from './random.ts';

export interface LoadOptions {
  readonly url: string;
  readonly site: string;
  readonly devices?: number;
  /** Messages a second and device. */
  readonly perSecond?: number;
  readonly seed?: number;
  /** Where every device's counter begins; near 65535 shows the wrap. */
  readonly firstSeq?: number;
}

export interface Acknowledged {
  readonly device: string;
  readonly seq: number;
  /** Watts; unique over the whole load. */
  readonly power: number;
  readonly ackedAt: number;
}

export interface Load {
  /** In the order of the acknowledgements. */
  ledger(): readonly Acknowledged[];
  /** Messages made and not yet acknowledged. */
  outstanding(): number;
  /**
   * Makes no more messages, waits until all are acknowledged, and hangs up. Gives up only when not
   * one acknowledgement came for this long: after an outage the MQTT library sends what is in
   * flight one by one, and on a busy machine that is slow without being stuck.
   */
  stop(silenceMs?: number): Promise<readonly Acknowledged[]>;
}

/** The ids that the gateway's site file must know: `lamp-load-00` … */
export const loadDevices = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `lamp-load-${String(index).padStart(2, '0')}`);

export function startLoad(options: LoadOptions): Load {
  const { url, site, devices = 20, perSecond = 5, seed = 1, firstSeq = 0 } = options;
  const ledger: Acknowledged[] = [];
  const random = randomFrom(seed);
  const lamps = loadDevices(devices).map((device) => ({
    device,
    topic: `courtyard/${site}/${device}/telemetry`,
    client: lampClient(url, device),
    seq: firstSeq,
  }));
  let made = 0;

  const makeNext = () => {
    const lamp = lamps[made % lamps.length];
    if (!lamp) return;
    const { device, seq, client, topic } = lamp;
    const numbers = reading(made, random);
    const payload = encodeJson({ device, seq, at: Date.now(), numbers });
    lamp.seq = nextSeq(seq);
    made += 1;
    untilAcknowledged({ client, topic, payload }, () =>
      ledger.push({ device, seq, power: numbers.power, ackedAt: Date.now() }),
    );
  };
  const timer = keepRate(devices * perSecond, makeNext);
  const outstanding = () => made - ledger.length;

  return {
    ledger: () => ledger,
    outstanding,
    async stop(silenceMs = 30 * SECOND) {
      clearInterval(timer);
      await untilNoneOrSilence(outstanding, silenceMs);
      await Promise.all(lamps.map(({ client }) => client.endAsync(true)));
      const lost = outstanding();
      if (lost > 0) throw new Error(`${lost} of ${made} messages were never acknowledged`);
      return ledger;
    },
  };
}

function lampClient(url: string, clientId: string): MqttClient {
  const client = connect(url, { clientId, reconnectPeriod: 200, connectTimeout: 5000 });
  // The broker is meant to be killed under this load; the next connection is the answer.
  client.on('error', () => undefined);
  return client;
}

/** Milliwatt by milliwatt upwards: 28 hours of a hundred a second stay within what a lamp may draw. */
function reading(message: number, random: Random) {
  const voltage = Number((229.5 + random.normal()).toFixed(1));
  return { power: (message + 1) / 1000, voltage };
}

/** Catches up after a stall, so that the rate holds on a busy machine. */
function keepRate(perSecond: number, act: () => void): NodeJS.Timeout {
  const began = performance.now();
  let count = 0;
  return setInterval(() => {
    const due = ((performance.now() - began) * perSecond) / SECOND;
    for (; count < due; count += 1) act();
  }, SECOND / perSecond);
}

async function untilNoneOrSilence(outstanding: () => number, silenceMs: number): Promise<void> {
  let [left, changed] = [outstanding(), performance.now()];
  while (left > 0 && performance.now() - changed < silenceMs) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (outstanding() !== left) [left, changed] = [outstanding(), performance.now()];
  }
}
