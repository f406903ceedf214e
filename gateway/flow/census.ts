// Everything that can be counted in the house, gathered for whoever measures it.
import type { DeviceView } from '../api/schemas.ts';
import type { Standing } from '../domain/standing.ts';
import { isOpen } from '../domain/ticket.ts';
import type { Source } from '../sources/source.ts';
import type { Store } from '../store/log.ts';
import type { ClockReport } from './clock/clock-keeping.ts';
import type { Fold } from './fold.ts';
import type { ChannelState } from './outbox/channel.ts';
import type { FollowState } from './follow.ts';
import type { Tally } from './tally.ts';

export interface CensusParts {
  readonly version: string;
  readonly site: string;
  readonly sources: readonly Source[];
  readonly devices: () => DeviceView[];
  readonly tally: Tally;
  readonly store: Pick<Store, 'health'>;
  readonly fold: Pick<Fold, 'position'>;
  readonly standing: Standing;
  readonly clock: () => ClockReport;
  readonly viewers: () => number;
  /** Each follower's state, by its id; undefined where there is none. */
  readonly followers: () => Readonly<Record<string, FollowState | undefined>>;
  readonly channels: () => ChannelState[];
  /** Passwords that were shown, by what became of them. */
  readonly signIns: () => Readonly<Record<string, number>>;
}

export function createCensus(parts: CensusParts) {
  const { version, site, sources, tally, store, fold, standing } = parts;
  const all = <T>(slices: { all(): Iterable<[string, T]> }): T[] =>
    [...slices.all()].map(([, value]) => value);
  return {
    version,
    site,
    sources: () =>
      sources.map((source) => {
        const counts = tally.source(source.id);
        const { stored, readings, acknowledged, rejected, heard } = counts;
        const health = source.health();
        return {
          ...health,
          heard: Math.max(health.heard, heard),
          stored,
          readings,
          acknowledged,
          rejected: Object.fromEntries(rejected),
          framed: counts.framed,
          decoded: counts.decoded,
          failed: counts.failed,
          inFlight: heard - stored - counts.failed,
        };
      }),
    devices: parts.devices,
    store: () => store.health(),
    foldedTo: () => fold.position(),
    followers: () =>
      Object.entries(parts.followers()).flatMap(([id, state]) => (state ? [{ id, ...state }] : [])),
    alarms: () => all(standing.alarms).filter(({ state }) => state !== 'normal'),
    openTickets: () => all(standing.tickets).filter(isOpen),
    viewers: parts.viewers,
    channels: parts.channels,
    signIns: parts.signIns,
    losses: () => standing.intake.totals(),
    clock: parts.clock,
  };
}
