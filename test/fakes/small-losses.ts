// What the small compound lost: a gap while the gateway was off, a torn gap, a silence, a shed minute.
import type { IntakeDayView, LossView } from '../../gateway/api/schemas.ts';

export interface Lost {
  readonly losses: readonly LossView[];
  readonly intakeDays: readonly IntakeDayView[];
}

const DAY = 86_400_000;

export function lossesAt(now: number): Lost {
  const before = (minutes: number): string => new Date(now - minutes * 60_000).toISOString();
  const dayBefore = (days: number): string =>
    new Date(now + 8 * 3_600_000 - days * DAY).toISOString().slice(0, 10);
  const today = dayBefore(0);
  return {
    losses: [
      {
        id: 'k1 42',
        day: today,
        source: 'bins-line',
        device: 'k1',
        reason: 'gap',
        from: before(42),
        to: before(31),
        count: 10,
        firstSeq: 42,
        lastSeq: 51,
        why: 'gateway-off',
      },
      {
        id: 'loss 77',
        day: today,
        source: 'broker',
        device: 'lamp-07',
        reason: 'shed',
        from: before(50),
        to: before(49),
        count: 2,
      },
      {
        id: 'k2 silent',
        day: today,
        source: 'bins-line',
        device: 'k2',
        reason: 'silence',
        from: before(90),
        to: before(60),
        count: 30,
      },
      {
        id: 'loss 70',
        day: today,
        source: 'bins-line',
        reason: 'skipped',
        from: before(100),
        to: before(100),
        count: 60001,
      },
      {
        id: 'k1 7',
        day: dayBefore(1),
        source: 'bins-line',
        device: 'k1',
        reason: 'gap',
        from: before(1500),
        to: before(1490),
        count: 3,
        firstSeq: 65534,
        lastSeq: 2,
      },
    ],
    intakeDays: [3, 2, 1, 0].map((days) => dayAt(dayBefore(days), days)),
  };
}

function dayAt(day: string, daysAgo: number): IntakeDayView {
  const isTorn = daysAgo === 0;
  const lost: Record<string, number> = isTorn ? { gap: 10, shed: 2 } : {};
  const noted: Record<string, number> = isTorn ? { silence: 30, skipped: 60_001 } : {};
  const rejected: Record<string, number> = isTorn ? { checksum: 9, duplicate: 1 } : {};
  const stored = isTorn ? 8210 : 17_280;
  const account = { stored, heard: stored + (isTorn ? 2 : 0), readings: 2 * stored };
  const line = isTorn
    ? `${day}: 8,212 heard, 8,210 stored, 10 rejected (9 checksum, 1 duplicate), 12 lost: 10 gap (k1 42…51 while the gateway was off), 2 shed; 30 awaited in vain (k2)`
    : `${day}: 17,280 heard, 17,280 stored, 0 lost`;
  const half = { ...account, heard: account.heard / 2, stored: stored / 2, readings: stored };
  const quiet = { rejected: {}, lost: {}, noted: {} };
  return {
    day,
    line,
    isOver: daysAgo > 0,
    lostInAll: isTorn ? 12 : 0,
    ...account,
    rejected,
    lost,
    noted,
    sources: [
      {
        id: 'bins-line',
        ...half,
        ...quiet,
        ...(isTorn && {
          rejected,
          lost: { gap: 10 },
          noted,
        }),
      },
      {
        id: 'broker',
        ...half,
        ...quiet,
        ...(isTorn && { lost: { shed: 2 } }),
      },
    ],
    devices: isTorn
      ? [
          {
            id: 'k1',
            source: 'bins-line',
            ...half,
            ...quiet,
            lost: { gap: 10 },
          },
          {
            id: 'k2',
            source: 'bins-line',
            ...half,
            ...quiet,
            noted: { silence: 30 },
          },
          {
            id: 'lamp-07',
            source: 'broker',
            ...half,
            ...quiet,
            lost: { shed: 2 },
          },
        ]
      : [],
  };
}
