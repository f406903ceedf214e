// How each channel to people is reached, after checking; secrets are their text, not their files.
import type { Severity } from '../domain/alarm.ts';

interface Paced {
  readonly id: string;
  readonly perMinute: number;
}

export interface RobotSettings extends Paced {
  readonly kind: 'wecom' | 'dingtalk' | 'feishu';
  /** Its address, which is its password. */
  readonly secretUrl: string;
  /** Signs each message; WeCom has none. */
  readonly secret?: string;
  /** Where the address may lead, by name. */
  readonly allowHosts: readonly string[];
  readonly allowPrivate: boolean;
}

export interface EmailSettings extends Paced {
  readonly kind: 'email';
  readonly host: string;
  readonly port: number;
  readonly secure: 'starttls' | 'tls' | 'none';
  readonly username?: string;
  readonly password?: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly allowPrivate: boolean;
}

export interface WebhookChannelSettings extends Paced {
  readonly kind: 'webhook';
  readonly url: string;
  readonly secret?: string;
  /** Of alarms; absent: all. */
  readonly severities?: readonly Severity[];
  readonly allowPrivate: boolean;
}

export interface MqttChannelSettings extends Paced {
  readonly kind: 'mqtt';
  /** The broker of ours that it is said on. */
  readonly source: string;
  readonly topic: string;
  /** Of alarms; absent: all. */
  readonly severities?: readonly Severity[];
}

export type ChannelSettings =
  | RobotSettings
  | EmailSettings
  | WebhookChannelSettings
  | MqttChannelSettings;
