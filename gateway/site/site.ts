// The site file after checking: typed, frozen, in the units of the code. Each part of the house
// is handed its own slice of it and nothing else.
import type { Compound, SourceId } from '../domain/asset.ts';
import type { RuleSettings } from '../domain/rule.ts';
import type { Duration } from '../domain/time.ts';

export interface HttpSettings {
  readonly host: string;
  readonly port: number;
}

export interface InfluxSettings {
  readonly url: string;
  readonly database: string;
  readonly username?: string;
  readonly password?: string;
  readonly timeout: Duration;
}

export type SourceSettings =
  | {
      readonly id: SourceId;
      readonly kind: 'mqtt-broker';
      readonly host: string;
      readonly port: number;
    }
  | {
      readonly id: SourceId;
      readonly kind: 'serial';
      readonly path: string;
      readonly baudRate: number;
      readonly decoder: string;
    };

export interface Site {
  /** The file it came from, for messages. */
  readonly file: string;
  readonly compound: Compound;
  readonly http: HttpSettings;
  readonly store: {
    readonly dir: string;
    readonly rawKeep: Duration;
    readonly rawKeepBytes: number;
  };
  readonly influx?: InfluxSettings;
  readonly sources: readonly SourceSettings[];
  readonly rules: readonly RuleSettings[];
  /** True where every reading is made up: every screen then says so. */
  readonly simulated: boolean;
}
