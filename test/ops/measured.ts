// A house with something in every room, for whoever measures it.
import type { Measured, MeasuredFollower, MeasuredSource } from '../../gateway/ops/metrics.ts';

const SERIAL: MeasuredSource = {
  id: 'bins-line',
  kind: 'serial',
  state: 'up',
  heard: 120,
  stored: 118,
  readings: 230,
  acknowledged: 118,
  rejected: { checksum: 3, duplicate: 2 },
  skippedBytes: 17,
  dropped: 1,
  lost: 4,
};

const INFLUX: MeasuredFollower = {
  id: 'influx',
  cursor: 900,
  behind: 100,
  parked: 2,
  state: 'behind',
};

export const measured = (change: Partial<Measured> = {}): Measured => ({
  version: '1.2.3',
  site: 'luyuan',
  sources: () => [SERIAL, { ...SERIAL, id: 'broker', kind: 'mqtt-broker', state: 'down' }],
  devices: () => [
    {
      id: 'k1',
      heard: 40,
      stored: 39,
      rejected: { 'out-of-range': 1 },
      lastHeardAt: '2026-11-20T10:30:00.000Z',
    },
    { id: 'lamp-07', heard: 0, stored: 0, rejected: {} },
  ],
  store: () => ({
    state: 'ok',
    head: 1000,
    commits: 77,
    lastCommitMs: 12,
    freeBytes: 5_000_000_000,
    waitingEntries: 12,
    waitingBytes: 4800,
    restarts: 1,
    commitMs: {
      count: 77,
      sum: 924,
      steps: [
        [10, 40],
        [20, 76],
      ],
    },
    batch: { count: 70, sum: 1000, steps: [[1, 3]] },
  }),
  foldedTo: () => 990,
  followers: () => [INFLUX],
  signIns: () => ({ right: 5, wrong: 3, 'turned-away': 40, busy: 0 }),
  channels: () => [
    { id: 'ops', kind: 'wecom', state: 'up', waiting: 4, told: 9, failed: 2, givenUp: 1 },
  ],
  alarms: () => [
    { severity: 'high', state: 'active-unacknowledged' },
    { severity: 'high', state: 'active-unacknowledged' },
    { severity: 'low', state: 'shelved' },
  ],
  openTickets: () => [{ team: 'cleaners' }],
  viewers: () => 3,
  losses: () => [{ source: 'broker', reason: 'gap', found: 12, filled: 2 }],
  clock: () => ({ state: 'synchronised', steps: 2 }),
  ...change,
});
