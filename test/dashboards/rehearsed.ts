// Rules as the site file would write them, and what a lower limit of one would have come to.
import type { RehearsalView } from '../../gateway/api/schemas.ts';

export const RULES = [
  {
    id: 'bin-full',
    on: 'bin',
    quantity: 'fill',
    above: 0.9,
    clearBelow: 0.7,
    holdFor: '10m',
    severity: 'medium',
    ticket: { category: 'bin-full', team: 'cleaners' },
  },
  { id: 'lamp-out', on: 'lamp', should: 'on', litFrom: 0.2, holdFor: '20s', severity: 'medium' },
] as const;

export const REHEARSED: RehearsalView = {
  covers: {
    from: '2026-11-17T16:00:00.000Z',
    to: '2026-11-20T10:30:00.000Z',
    completeFrom: '2026-11-17T16:10:00.000Z',
    days: [
      { day: '2026-11-18', readings: 17_280, complete: true },
      { day: '2026-11-19', readings: 17_112, complete: true },
      { day: '2026-11-20', readings: 8_212, complete: false },
    ],
  },
  records: 42_604,
  rules: [
    {
      rule: 'bin-full',
      change: 'changed',
      before: { alarms: 3, tickets: 3 },
      after: { alarms: 5, tickets: 5 },
      real: 3,
    },
    {
      rule: 'lamp-out',
      change: 'same',
      before: { alarms: 1, tickets: 1 },
      after: { alarms: 1, tickets: 1 },
      real: 1,
    },
  ],
  compared: [
    {
      rule: 'bin-full',
      asset: 'k1-wet',
      raisedAt: '2026-11-18T10:02:00.000Z',
      wasRaisedAt: '2026-11-18T10:41:00.000Z',
      fate: 'earlier',
    },
    {
      rule: 'bin-full',
      asset: 'k2-dry',
      raisedAt: '2026-11-19T11:20:00.000Z',
      clearedAt: '2026-11-19T12:00:00.000Z',
      fate: 'only-after',
    },
    { rule: 'lamp-out', asset: 'lamp-07', raisedAt: '2026-11-20T09:10:00.000Z', fate: 'both' },
  ],
  before: { alarms: [], tickets: [] },
  after: { alarms: [], tickets: [] },
  real: { alarms: [] },
  notes: [],
};
