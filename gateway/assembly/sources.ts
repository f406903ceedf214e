// The ways in, built from the site file.
import { decoderNamed } from '../decode/index.ts';
import type { Site, SourceSettings } from '../site/site.ts';
import { createBrokerSource, type BrokerSource } from '../sources/broker.ts';
import type { DeviceTokens } from '../sources/device-tokens.ts';
import { createHttpSource, type HttpSource } from '../sources/http.ts';
import type { Intake, Source } from '../sources/source.ts';
import type { AppOptions } from './options.ts';

/** Until the first user exists nothing listens beyond this machine, whatever the site file says. */
export const loopback = (host: string): string => (host === '::1' ? host : '127.0.0.1');

/** The way in that the site file asks for; what only one kind needs is loaded only for it. */
export async function buildSource(
  settings: SourceSettings,
  options: AppOptions & {
    readonly tokens: DeviceTokens;
    /** Where it may listen, of what the site file wants. */
    readonly hostOf: (host: string) => string;
  },
  intake: Intake,
): Promise<Source> {
  const { clock, logger, site, random, tokens, hostOf } = options;
  const around = { intake, clock, log: logger, chance: random };
  const { place, devices } = site.compound;
  const { enabled, prefix } = site.homeAssistant;
  const homeAssistant = enabled ? { homeAssistant: prefix } : {};
  const withSite = { ...around, tokens, site: { siteId: place.id, devices, ...homeAssistant } };
  switch (settings.kind) {
    case 'serial': {
      const { createSerialSource } = await import('../sources/serial.ts');
      return createSerialSource({ ...settings, ...lineOf(settings, devices) }, around);
    }
    case 'mqtt-broker':
      return createBrokerSource({ ...settings, host: hostOf(settings.host) }, withSite);
    case 'mqtt': {
      // Loaded only where there is a broker elsewhere, as InfluxDB's client is.
      const { createMqttSource } = await import('../sources/mqtt.ts');
      return createMqttSource(settings, withSite);
    }
    case 'http':
      return createHttpSource(settings, around);
  }
}

/** How a line is cut into messages, and whose they are where its bytes do not say so. */
function lineOf(
  { id, decoder }: Extract<SourceSettings, { kind: 'serial' }>,
  devices: Site['compound']['devices'],
) {
  const card = decoderNamed(decoder);
  const [only, ...others] = [...devices.values()].filter(({ source }) => source === id);
  return {
    ...(card && { framing: card.framing }),
    ...(card?.speaker === 'way-in' && only && others.length === 0 && { device: only.id }),
  };
}

export const isHttp = (source: Source): source is HttpSource => source.kind === 'http';
export const isBroker = (source: Source): source is BrokerSource => source.kind === 'mqtt-broker';
