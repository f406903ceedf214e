// The loss ledger as numbers for Prometheus: what was heard of each source and device, what became of
// it, and what was lost by reason.
import type { MeasuredSource, Meter, Sample } from './metrics.ts';

type Count = keyof {
  [K in keyof MeasuredSource as number extends MeasuredSource[K] ? K : never]: unknown;
};

const perSource = (name: string, help: string, count: Count): Meter => ({
  name,
  help,
  labels: ['source'],
  read: ({ sources }) => sources().map((each) => [each[count] ?? 0, { source: each.id }]),
});

const perDevice = (
  name: string,
  help: string,
  count: 'heard' | 'stored' | 'missing' | 'owed',
): Meter => ({
  name,
  help,
  labels: ['device'],
  read: ({ devices }) => devices().map((each) => [each[count] ?? 0, { device: each.id }]),
});

const reasonsOf = (rejected: Readonly<Record<string, number>>, label: string, id: string) =>
  Object.entries(rejected).map(([reason, count]): Sample => [count, { [label]: id, reason }]);

export const INTAKE_METERS: readonly Meter[] = [
  {
    name: 'source_up',
    help: 'Whether the source hears: 1 up, 0 starting or down.',
    labels: ['source', 'kind'],
    read: ({ sources }) =>
      sources().map(({ id, kind, state }) => [state === 'up' ? 1 : 0, { source: id, kind }]),
  },
  perSource('source_heard_total', 'Frames or messages as they came, whole or not.', 'heard'),
  perSource(
    'source_stored_total',
    'Frames or messages that are durable, as readings or as rejections.',
    'stored',
  ),
  perSource('source_framed_total', 'Frames or messages that came whole.', 'framed'),
  perSource('source_decoded_total', 'Frames or messages that were understood.', 'decoded'),
  perSource(
    'source_in_flight',
    'Frames or messages that are heard and on their way to the disk.',
    'inFlight',
  ),
  perSource(
    'source_failed_total',
    'Frames or messages that could not be stored, and were not acknowledged.',
    'failed',
  ),
  perSource('source_acknowledged_total', 'Frames or messages told to be taken.', 'acknowledged'),
  perSource('source_readings_stored_total', 'Readings that are durable.', 'readings'),
  {
    name: 'source_rejected_total',
    help: 'What was heard and not taken, by its reason.',
    labels: ['source', 'reason'],
    read: ({ sources }) =>
      sources().flatMap(({ id, rejected }) => reasonsOf(rejected, 'source', id)),
  },
  perSource('source_skipped_bytes_total', 'Bytes skipped up to the next frame.', 'skippedBytes'),
  perSource('source_dropped_total', 'Messages given up before they were stored.', 'dropped'),
  perSource('source_losses_total', 'Times that the way to the source was lost.', 'lost'),
  perDevice('device_heard_total', 'Readings that the device sent, rejected ones too.', 'heard'),
  perDevice('device_stored_total', 'Readings and rejections of it that are durable.', 'stored'),
  {
    name: 'device_rejected_total',
    help: 'Readings of the device that were not taken, by their reason.',
    labels: ['device', 'reason'],
    read: ({ devices }) =>
      devices().flatMap(({ id, rejected }) => reasonsOf(rejected, 'device', id)),
  },
  perDevice(
    'device_missing_messages',
    'Numbers of its own counter that are missing and may still come.',
    'missing',
  ),
  perDevice(
    'device_owed_messages',
    'Messages that its rhythm promises and that do not come, up to now.',
    'owed',
  ),
  {
    name: 'lost_total',
    help: 'What was not written down, by its reason: messages; bytes where they were skipped.',
    labels: ['source', 'reason'],
    read: ({ losses }) =>
      [...losses()].map(({ source, reason, found }): Sample => [found, { source, reason }]),
  },
  {
    name: 'found_again_total',
    help: 'Of what was lost, the numbers that came late after all.',
    labels: ['source'],
    read: ({ losses }) =>
      [...losses()]
        .filter(({ reason }) => reason === 'gap')
        .map(({ source, filled }): Sample => [filled, { source }]),
  },
  {
    name: 'device_last_heard_timestamp_seconds',
    help: 'When the device was last heard, in seconds since 1970; absent where it never was.',
    labels: ['device'],
    read: ({ devices }) =>
      devices().flatMap(({ id, lastHeardAt }): Sample[] =>
        lastHeardAt === undefined ? [] : [[Date.parse(lastHeardAt) / 1000, { device: id }]],
      ),
  },
];
