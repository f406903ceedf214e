// What the parts of the watching share: the site's pairs, how they are judged, where things stand, and
// what is to be said of it. Whoever looks at a pair does so through here, so that all that follows from
// one look follows in one order.
import type { Alarm } from '../domain/alarm.ts';
import type { Compound } from '../domain/asset.ts';
import type { FloodRule } from '../domain/flood.ts';
import type { RuleSettings } from '../domain/rule.ts';
import type { Standing, Watch } from '../domain/standing.ts';
import type { Instant } from '../domain/time.ts';
import type { Judge } from './judge.ts';
import type { Pair, RuleBook } from './rule-book.ts';

export type AlarmEvent =
  | {
      readonly kind: 'raised';
      readonly alarm: Alarm;
      readonly rule: RuleSettings | FloodRule;
    }
  /** It asks again: long acknowledged, back from a shelf, or the same condition after it was latched. */
  | { readonly kind: 're-alarm'; readonly alarm: Alarm; readonly rule: RuleSettings }
  /** Its severity followed its value, up or down. */
  | { readonly kind: 'severity'; readonly alarm: Alarm }
  /** It came in a flood: it belongs to the incident's work and opens none of its own. */
  | { readonly kind: 'joined'; readonly alarm: Alarm }
  | { readonly kind: 'cleared' | 'absorbed'; readonly alarm: Alarm };

export interface Scene {
  readonly compound: Compound;
  readonly standing: Standing;
  readonly book: RuleBook;
  readonly rules: Judge;
  events: AlarmEvent[];
  /** Judges one pair at one moment and lets everything follow that follows from it. */
  look(pair: Pair, at: Instant): void;
}

export interface Moment {
  readonly watch: Watch;
  readonly at: Instant;
}

const QUIET: Watch = { phase: 'quiet' };

export const watchOf = ({ standing }: Scene, key: string): Watch =>
  standing.watches.get(key) ?? QUIET;

export function alarmOf({ standing }: Scene, watch: Watch): Alarm | undefined {
  return watch.alarm === undefined ? undefined : standing.alarms.get(watch.alarm);
}

export function say(scene: Scene, event: AlarmEvent): void {
  scene.standing.alarms.put(event.alarm.id, event.alarm);
  scene.events.push(event);
}

export function nextAlarmNumber({ standing }: Scene): number {
  const number = standing.gateway().alarmsRaised + 1;
  standing.putGateway({ alarmsRaised: number });
  return number;
}
