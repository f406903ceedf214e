import { describe, expect, it, onTestFinished } from 'vitest';
import { siteDays } from '../../gateway/domain/day.ts';
import type { Entry } from '../../gateway/domain/record.ts';
import type { Notice } from '../../gateway/domain/notice.ts';
import { DEFAULT_NOTICES, type Reader } from '../../gateway/domain/reader.ts';
import { createStanding } from '../../gateway/domain/standing.ts';
import { hours, instant, minutes, type Instant } from '../../gateway/domain/time.ts';
import { createDigests } from '../../gateway/flow/letters/digests.ts';
import { digestText, type DigestFigures } from '../../gateway/flow/letters/digest-text.ts';
import { digestTime } from '../../gateway/flow/letters/digest-times.ts';
import { createStep } from '../../gateway/flow/step.ts';
import { NOTHING_SAVED } from '../fakes/folded-site.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { COMPOUND, SMALL_SITE } from '../fakes/small-site.ts';
import { MANAGERS } from '../fakes/told-site.ts';

const at = (text: string): Instant => instant(Date.parse(text));
const HOURS = { dailyAtMinute: 7 * 60 + 30, weeklyAtMinute: 8 * 60 };

describe('a digest is due', () => {
  it.each([
    ['daily', 'Asia/Shanghai', '2026-11-22T07:29:59+08:00', '2026-11-22', false],
    ['daily', 'Asia/Shanghai', '2026-11-22T07:30:00+08:00', '2026-11-22', true],
    ['daily', 'Asia/Shanghai', '2026-11-22T23:59:59+08:00', '2026-11-22', true],
    ['daily', 'Asia/Shanghai', '2026-11-23T00:00:00+08:00', '2026-11-23', false],
    // The clocks go from 02:00 to 03:00, and back: half past seven is half past seven.
    ['daily', 'Europe/Berlin', '2026-03-29T05:29:59Z', '2026-03-29', false],
    ['daily', 'Europe/Berlin', '2026-03-29T05:30:00Z', '2026-03-29', true],
    ['daily', 'Europe/Berlin', '2026-10-25T06:29:59Z', '2026-10-25', false],
    ['daily', 'Europe/Berlin', '2026-10-25T06:30:00Z', '2026-10-25', true],
    ['weekly', 'Asia/Shanghai', '2026-11-23T07:59:59+08:00', '2026-11-23', false],
    ['weekly', 'Asia/Shanghai', '2026-11-23T08:00:00+08:00', '2026-11-23', true],
    ['weekly', 'Asia/Shanghai', '2026-11-26T08:00:00+08:00', '2026-11-23', true],
  ] as const)('%s in %s at %s', (kind, zone, moment, day, isDue) => {
    expect(digestTime(kind, HOURS, { zone, now: at(moment) })).toMatchObject({ day, isDue });
  });

  it('again a day or a week later, and tells of what is over', () => {
    const now = at('2026-11-23T09:00:00+08:00');
    expect(digestTime('daily', HOURS, { zone: 'Asia/Shanghai', now })).toEqual({
      day: '2026-11-23',
      from: '2026-11-22',
      to: '2026-11-22',
      isDue: true,
      nextAt: at('2026-11-24T07:30:00+08:00'),
    });
    expect(digestTime('weekly', HOURS, { zone: 'Asia/Shanghai', now })).toMatchObject({
      from: '2026-11-16',
      to: '2026-11-22',
      nextAt: at('2026-11-30T08:00:00+08:00'),
    });
  });
});

const FIGURES: DigestFigures = {
  wet: { kg: 412.54, completeness: 0.9986, lastYearKg: 390 },
  dry: { kg: 88.25, completeness: 0.5 },
  teams: { cleaners: { opened: 3, closed: 2, overdue: 1 } },
  alarms: { high: 1, medium: 4, low: 0 },
  lost: 0,
  bags: 7,
};

describe('a digest says', () => {
  const head = { kind: 'daily', from: '2026-11-21', to: '2026-11-21', place: '绿苑小区' } as const;

  it('what was weighed against last year, the work, the alarms and what was lost', () => {
    expect(digestText('zh', head, FIGURES)).toEqual({
      title: '[日报] 绿苑小区 2026-11-21',
      lines: [
        '湿垃圾：413 kg，比去年同期 +6%，数据完整 100%',
        '干垃圾：88.3 kg，去年同期无数据，数据完整 50%',
        '保洁：新工单 3，办结 2，超时 1',
        '告警：高 1，中 4，低 0',
        '数据：0 丢失',
        '落地垃圾：7 袋',
      ],
    });
    expect(digestText('en', head, FIGURES).lines[0]).toBe(
      'wet: 413 kg, +6% on last year, 100% complete',
    );
  });

  it('that there is nothing to say where there is nothing, and how much was lost', () => {
    const none = { teams: {}, alarms: { high: 0, medium: 0, low: 0 }, lost: 12 };
    expect(digestText('zh', head, none).lines).toEqual([
      '湿垃圾：没有数据',
      '干垃圾：没有数据',
      '没有工单',
      '告警：高 0，中 0，低 0',
      '数据：丢失 12 条，见接入页',
    ]);
  });
});

/** The worker over a real fold whose memory outlives it, as the store's does. */
function yard(start: string, readers: readonly Reader[]) {
  const clock = handClock(start);
  const store = memoryStore();
  const settings = { ...DEFAULT_NOTICES, channels: ['group'], readers };
  const standing = createStanding(NOTHING_SAVED);
  const step = createStep({ ...SMALL_SITE, notices: settings }, standing);
  const sent: Notice[] = [];
  let sequence = 0;
  let isBroken = false;
  const faults: unknown[] = [];
  const digests = createDigests({
    books: store.books,
    ledger: async () => ({ ok: false, status: 422, title: '', detail: '' }),
    intakeDays: async () => ({ ok: true, value: [] }),
    days: siteDays(COMPOUND.place),
    log: {
      async append(entries: readonly Entry[]) {
        if (isBroken) throw new Error('the disk is full');
        for (const entry of entries) step.fold({ ...entry, sequence: ++sequence });
        sent.push(...step.takeNotices());
        return sequence;
      },
    },
    settled: async () => undefined,
    place: COMPOUND.place,
    settings,
    standing,
    clock,
    onFault: (fault) => faults.push(fault),
  });
  onTestFinished(() => digests.stop());
  const turns = async (): Promise<void> => {
    for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
  };
  return {
    sent,
    faults,
    clock,
    breakLog: (how: boolean) => {
      isBroken = how;
    },
    async start() {
      digests.start();
      await turns();
    },
    async pass(count: number) {
      for (let hour = 0; hour < count; hour += 1) {
        clock.moveBy(hours(1));
        await turns();
      }
    },
    stop: () => digests.stop(),
    turns,
  };
}

describe('managers are sent', () => {
  const managers: Reader = { ...MANAGERS, digests: ['daily', 'weekly'], to: 'li@example.com' };
  const keys = ({ sent }: ReturnType<typeof yard>) => sent.map(({ key }) => key);

  it('their day and their week, once each, over seven days', async () => {
    const house = yard('2026-11-22T00:10:00+08:00', [managers]);
    await house.start();
    // What is late of the week before goes out at once.
    expect(keys(house)).toEqual(['digest:weekly:2026-11-16:managers']);
    await house.pass(7 * 24);
    expect(keys(house).filter((key) => key.includes(':daily:'))).toHaveLength(7);
    expect(keys(house).filter((key) => key.includes(':weekly:2026-11-23'))).toHaveLength(1);
    expect(new Set(keys(house)).size).toBe(house.sent.length);
    expect(house.sent[0]?.news).toMatchObject({ reason: 'weekly', to: 'li@example.com' });
  });

  it('the day once though the gateway starts after noon and is stopped and started again', async () => {
    const house = yard('2026-11-24T13:00:00+08:00', [{ ...managers, digests: ['daily'] }]);
    await house.start();
    await house.stop();
    await house.start();
    await house.pass(5);
    expect(keys(house)).toEqual(['digest:daily:2026-11-24:managers']);
  });

  it('the day a minute later where the disk was full', async () => {
    const house = yard('2026-11-24T13:00:00+08:00', [{ ...managers, digests: ['daily'] }]);
    house.breakLog(true);
    await house.start();
    expect(house.faults).toHaveLength(1);
    house.breakLog(false);
    house.clock.moveBy(minutes(1));
    await house.turns();
    expect(keys(house)).toEqual(['digest:daily:2026-11-24:managers']);
  });

  it('nothing where nobody asked', async () => {
    const house = yard('2026-11-24T13:00:00+08:00', [MANAGERS]);
    await house.start();
    await house.pass(48);
    expect(house.sent).toEqual([]);
  });
});
