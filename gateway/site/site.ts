// The site file after checking: typed, frozen, in the units of the code. Each part of the house
// is handed its own slice of it and nothing else.
import type { Severity } from '../domain/alarm.ts';
import type { Compound, Place, SourceId } from '../domain/asset.ts';
import type { Patrol } from '../domain/patrol.ts';
import type { NoticeSettings } from '../domain/reader.ts';
import type { RuleSettings } from '../domain/rule.ts';
import type { Duration } from '../domain/time.ts';
import type { WorkSettings } from '../domain/work.ts';
import type { ChannelSettings } from './channel-settings.ts';

export type { ChannelSettings } from './channel-settings.ts';

export interface HttpSettings {
  readonly host: string;
  readonly port: number;
  /** Addresses and ranges whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
}

export interface InfluxSettings {
  readonly url: string;
  readonly database: string;
  readonly username?: string;
  readonly password?: string;
  readonly timeout: Duration;
}

export interface WebhookSettings {
  readonly id: string;
  readonly url: string;
  /** Signs each request. */
  readonly secret?: string;
  /** Absent: all. */
  readonly severities?: readonly Severity[];
  /** Whether it may lead to this machine or into its own network. */
  readonly allowPrivate: boolean;
}

export interface HomeAssistantSettings {
  readonly enabled: boolean;
  /** The first level of its discovery topics. */
  readonly prefix: string;
}

export type SourceSettings =
  | {
      readonly id: SourceId;
      readonly kind: 'mqtt-broker';
      readonly host: string;
      readonly port: number;
      /** `open` only on loopback. */
      readonly profile: 'site' | 'open';
    }
  | {
      readonly id: SourceId;
      readonly kind: 'mqtt';
      readonly url: string;
      readonly topics: readonly string[];
      readonly clientId?: string;
      readonly username?: string;
      readonly password?: string;
      readonly keepAlive: Duration;
    }
  | {
      readonly id: SourceId;
      readonly kind: 'serial';
      readonly path: string;
      readonly baudRate: number;
      readonly dataBits: 7 | 8;
      readonly parity: 'none' | 'even' | 'odd';
      readonly stopBits: 1 | 2;
      readonly decoder: string;
      /** The command with one character for each byte. */
      readonly poll?: { readonly send: string; readonly every: Duration };
    }
  | { readonly id: SourceId; readonly kind: 'http' };

export interface Site {
  /** The file it came from, for messages. */
  readonly file: string;
  readonly compound: Compound;
  readonly http: HttpSettings;
  readonly store: {
    readonly dir: string;
    readonly rawKeep: Duration;
    readonly rawKeepBytes: number;
    /** Of readings and what is made of them; `FOREVER` where it never goes. */
    readonly keep: Readonly<Record<'raw' | 'minute' | 'hour' | 'day', Duration>>;
    readonly maxBytes: number;
    readonly sync: 'latency' | 'wear';
    readonly ballastBytes: number;
    /** What may wait for the disk in memory. */
    readonly waitingBytes: number;
    /** How long the disk may fail before the gateway ends itself. */
    readonly giveUpAfter: Duration;
    readonly day: Pick<Place, 'zone' | 'dayStartsAtMinute'>;
  };
  readonly influx?: InfluxSettings;
  readonly homeAssistant: HomeAssistantSettings;
  readonly sources: readonly SourceSettings[];
  readonly rules: readonly RuleSettings[];
  readonly work: WorkSettings;
  /** By id; the routes that people walk. */
  readonly patrols: ReadonlyMap<string, Patrol>;
  readonly webhooks: readonly WebhookSettings[];
  /** The ways to people. */
  readonly channels: readonly ChannelSettings[];
  /** Who hears of work, and when. */
  readonly notices: NoticeSettings;
  /** True where every reading is made up: every screen then says so. */
  readonly simulated: boolean;
}
