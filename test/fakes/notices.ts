// Notices of alarms, for tests of what is told outside.
import type { AlarmNews, Notice } from '../../gateway/domain/notice.ts';
import { instant } from '../../gateway/domain/time.ts';

export const RAISED_AT = instant(Date.parse('2026-11-02T04:00:00Z'));

interface AlarmNotice extends Notice {
  readonly news: AlarmNews;
}

export const notice = (alarm: number, changes: Partial<AlarmNotice> = {}): AlarmNotice => ({
  channel: 'ops',
  key: `A${alarm}:raised`,
  subject: `A${alarm}`,
  at: RAISED_AT,
  news: {
    kind: 'alarm-raised',
    alarm: `A${alarm}`,
    rule: 'bin-full',
    severity: 'medium',
    asset: 'k1-wet',
    name: '1号湿垃圾桶',
    station: 'k1',
    text: 'fill above 90 % for 10m',
    quantity: 'fill',
    value: 0.93,
    unit: 'ratio',
    raisedAt: RAISED_AT,
  },
  ...changes,
});

export const cleared = (alarm: number): Notice => {
  const clearedAt = instant(RAISED_AT + 60_000);
  const { news } = notice(alarm);
  return notice(alarm, {
    key: `A${alarm}:cleared`,
    at: clearedAt,
    news: { ...news, kind: 'alarm-cleared', clearedAt },
  });
};
