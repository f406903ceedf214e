// A compound in the middle of its work: a ticket at each place of the loop, and an alarm in each of its
// states, so that every word and shape of the desk is there to be looked at.
import type { AlarmView, HistoryView, TicketView } from '../../gateway/api/schemas.ts';
import type { Evidence } from '../../gateway/domain/evidence.ts';
import { instant, milliseconds } from '../../gateway/domain/time.ts';
import type { Contents } from '../fakes/small-compound.ts';
import { compoundAt } from './compound.ts';

type Before = (minutes: number) => string;

export function loopAt(now: number): Contents {
  const compound = compoundAt(now);
  const before: Before = (minutes) => new Date(now - minutes * 60_000).toISOString();
  return {
    ...compound,
    alarms: [...compound.alarms, ...everyState(before)],
    tickets: [...compound.tickets, ...wholeLoop(before)],
  };
}

function everyState(before: Before): AlarmView[] {
  const like = (id: string, more: Partial<AlarmView>): AlarmView => ({
    id,
    rule: 'battery-low',
    asset: 'k2-wet',
    severity: 'low',
    state: 'active-unacknowledged',
    quantity: 'battery',
    value: 3.21,
    text: '电池 < 3.30 V',
    raisedAt: before(200),
    inside: [],
    limit: 3.3,
    condition: { kind: 'threshold', side: 'below', clearAt: 3.4 },
    ...more,
  });
  return [
    like('a-acknowledged', {
      state: 'active-acknowledged',
      acknowledgedBy: 'li.wei',
      acknowledgedAt: before(190),
      reAlarmAt: before(-50),
    }),
    like('a-returned', { state: 'returned-unacknowledged', clearedAt: before(60) }),
    like('a-latched', { state: 'latched', asset: 'k2-dry', returnedAt: before(30) }),
    like('a-shelved', {
      state: 'shelved',
      severity: 'medium',
      shelvedAt: before(10),
      shelvedUntil: before(-230),
      shelvedReason: '等新电池到货',
    }),
    like('a-suppressed', { state: 'suppressed', suppressedReason: '正在换桶' }),
    like('a-out', {
      state: 'out-of-service',
      takenOutBy: 'li.wei',
      takenOutAt: before(500),
      takenOutReason: '传感器返厂',
    }),
    like('a-chatters', { asset: 'k3-4', chattering: true, value: 3.29 }),
    flood(before),
    like('a-in-flood', { asset: 'k3-1', incident: 'a-flood' }),
  ];
}

const flood = (before: Before): AlarmView => ({
  id: 'a-flood',
  rule: 'flood',
  asset: 'engineers',
  severity: 'medium',
  state: 'active-unacknowledged',
  value: 14,
  text: '告警成片：14 个',
  raisedAt: before(5),
  inside: Array.from({ length: 8 }, (_, index) => `k3-${index + 1}`),
});

function wholeLoop(before: Before): TicketView[] {
  const raised: HistoryView = {
    at: before(3000),
    by: 'liu.ayi',
    role: 'steward',
    action: 'raise',
    from: 'none',
    to: 'raised',
    reason: '三号楼门口地砖下渗水，早上积了一滩',
  };
  const step = (
    [minutes, by, role, action]: readonly [number, string, string, string],
    [from, to, reason]: readonly [string, string, string?],
  ): HistoryView => ({
    at: before(minutes),
    by,
    role,
    action,
    from,
    to,
    ...(reason !== undefined && { reason }),
  });
  const answered = step([2900, 'li.wei', 'engineer', 'answer'], ['raised', 'answered', '下午去看']);
  const rectified = step(
    [1500, 'li.wei', 'engineer', 'rectify'],
    ['answered', 'rectified', '换了密封圈'],
  );
  const inspected = step([1200, 'zhao', 'committee', 'inspect'], ['rectified', 'inspected']);
  const like = (number: number, more: Partial<TicketView>): TicketView => ({
    id: `T${number}`,
    number,
    category: 'water-leak',
    severity: 'medium',
    place: '3号楼 门口',
    title: '3号楼门口地面渗水',
    route: 'full',
    state: 'answered',
    team: 'engineers',
    raisedBy: 'liu.ayi',
    raisedAt: before(3000),
    returns: 0,
    version: 3,
    alarms: [],
    photos: [],
    history: [raised, answered],
    actions: ['take', 'assign', 'wait', 'rectify', 'merge', 'decline', 'comment', 'photo'],
    ...more,
  });
  return [
    like(11, {
      assignee: 'li.wei',
      dueAt: before(125),
      soonAt: before(400),
      escalated: 'after',
      escalatedTo: 'manager',
      history: [
        raised,
        answered,
        step(
          [124, 'gateway', 'gateway', 'escalate'],
          ['answered', 'answered', '已超时，上报 王经理'],
        ),
      ],
    }),
    like(12, {
      title: '2号楼门禁读卡器松动',
      place: '2号楼 门口',
      category: 'other',
      waiting: 'parts',
      waitingSince: before(300),
      dueAt: before(60),
      actions: ['resume', 'assign', 'rectify', 'comment', 'photo'],
    }),
    like(13, {
      title: '7号庭院灯 路灯故障',
      place: '7号庭院灯',
      category: 'lamp',
      asset: 'lamp-07',
      state: 'rectified',
      parkedUntil: before(-420),
      awaits: '天黑后功率达到约 30 W',
      dueAt: before(-700),
      soonAt: before(-500),
      history: [raised, answered, rectified],
      actions: ['inspect', 'reopen', 'comment', 'photo'],
    }),
    like(14, {
      title: '4号庭院灯 路灯故障',
      place: '4号庭院灯',
      category: 'lamp',
      asset: 'lamp-04',
      returns: 1,
      assignee: 'li.wei',
      dueAt: before(-200),
      soonAt: before(-100),
      history: [
        raised,
        answered,
        rectified,
        step([900, 'lamp-04', 'sensor', 'return'], ['rectified', 'answered', '17:52 仍为 0.4 W']),
      ],
    }),
    like(15, {
      title: '1号楼下水井盖松动',
      category: 'manhole',
      place: '1号楼 东侧',
      state: 'inspected',
      lookBackAt: before(-8880),
      dueAt: before(-10_000),
      history: [raised, answered, rectified, inspected],
      actions: ['look-back', 'reopen', 'comment', 'photo'],
    }),
    like(16, {
      title: '东门广告贴满电箱',
      category: 'ads',
      place: '东门',
      state: 'looked-back',
      closesAt: before(-4000),
      history: [
        raised,
        answered,
        rectified,
        inspected,
        step([20, 'sun', 'reviewer', 'look-back'], ['inspected', 'looked-back']),
      ],
      actions: ['rate', 'reopen', 'comment'],
    }),
    like(17, {
      title: '想在花坛边加一张长椅',
      category: 'other',
      place: '中心花园',
      state: 'declined',
      endedBecause: '花坛是消防通道边界，不能放置固定设施',
      history: [
        raised,
        step(
          [2000, 'wang.li', 'manager', 'decline'],
          ['raised', 'declined', '花坛是消防通道边界，不能放置固定设施'],
        ),
      ],
      actions: ['reopen'],
    }),
    like(18, {
      title: '3号楼门口积水',
      state: 'merged',
      mergedInto: 'T11',
      endedBecause: '与工单 11 是同一处',
      history: [
        raised,
        step([2800, 'li.wei', 'engineer', 'merge'], ['raised', 'merged', '与工单 11 是同一处']),
      ],
      actions: [],
    }),
  ];
}

/** What was frozen of the full bin's alarm: it rose past its limit, with a hole before it. */
export function fillEvidence(now: number): Evidence {
  const raisedAt = now - 25 * 60_000;
  const points = Array.from(
    { length: 225 },
    (_, index): [number, number, number, number, number] => {
      const at = raisedAt - 7_200_000 + index * 36_000;
      const mean = Math.min(0.94, 0.4 + index * 0.0027);
      return [at, mean - 0.01, mean, mean + 0.01, 1];
    },
  ).filter(([at]) => at < raisedAt - 4_500_000 || at > raisedAt - 3_300_000);
  const samples = (from: number, to: number) => ({
    takenAt: instant(raisedAt + 900_000),
    taken: 'in-time' as const,
    step: milliseconds(36_000),
    points: points.filter(([at]) => at >= from && at < to),
  });
  return {
    alarm: 'alarm-1',
    asset: 'k1-wet',
    raisedAt: instant(raisedAt),
    quantity: 'fill',
    value: 0.93,
    text: '满溢度 > 90 %，持续 10 分钟；降到 70 % 解除',
    rule: {
      id: 'bin-full',
      kind: 'threshold',
      on: 'bin',
      quantity: 'fill',
      side: 'above',
      limit: 0.9,
      clearAt: 0.7,
      holdFor: milliseconds(600_000),
      severity: 'low',
    },
    clock: 'synchronised',
    device: {
      id: 'k1',
      link: 'up',
      heardAt: instant(raisedAt - 12_000),
    },
    latest: {},
    before: samples(0, raisedAt),
    after: samples(raisedAt, Infinity),
  };
}
