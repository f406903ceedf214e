// What is told outside, for Prometheus: each channel of the site file, what waits for it and what
// became of what it was told.
import type { Meter } from './metrics.ts';

export interface MeasuredChannel {
  readonly id: string;
  readonly kind: string;
  readonly state: 'up' | 'down';
  readonly waiting: number;
  readonly told: number;
  readonly failed: number;
  readonly givenUp: number;
  readonly superseded?: number;
}

const perChannel = (
  name: string,
  help: string,
  read: (channel: MeasuredChannel) => number,
): Meter => ({
  name,
  help,
  labels: ['channel', 'kind'],
  read: ({ channels }) =>
    channels().map((each) => [read(each), { channel: each.id, kind: each.kind }]),
});

export const CHANNEL_METERS: readonly Meter[] = [
  perChannel('channel_up', 'Whether the last notice was taken: 1 yes.', ({ state }) =>
    state === 'up' ? 1 : 0,
  ),
  perChannel(
    'outbox_waiting',
    'Notices that are neither told nor given up.',
    ({ waiting }) => waiting,
  ),
  perChannel('notices_told_total', 'Notices that the far side took.', ({ told }) => told),
  perChannel('notices_failed_total', 'Attempts to be made again.', ({ failed }) => failed),
  perChannel(
    'notices_given_up_total',
    'Notices that the far side will never take.',
    ({ givenUp }) => givenUp,
  ),
  perChannel(
    'notices_superseded_total',
    'Letters for which a later one spoke.',
    ({ superseded = 0 }) => superseded,
  ),
];
