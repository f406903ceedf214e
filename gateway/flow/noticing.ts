// Which changes of alarms are told outside: that one was raised, and that it is over. Part of the
// step and as pure: it sees every alarm that is put, so nothing that ends in silence (explained by a
// bigger one, its rule gone from the site file) stays open at the far side for ever.
import type { Alarm } from '../domain/alarm.ts';
import { isActive } from '../domain/alarm.ts';
import type { Compound } from '../domain/asset.ts';
import type { AlarmNews, Channel, Notice } from '../domain/notice.ts';
import { QUANTITIES } from '../domain/quantity.ts';
import type { Standing } from '../domain/standing.ts';

export interface Noticing {
  /** The standing that the step is to use. */
  readonly standing: Standing;
  /** What is to be told since the last call, in order. */
  take(): Notice[];
}

interface NoticingSite {
  readonly compound: Compound;
  readonly channels?: readonly Channel[];
}

interface Change {
  readonly kind: AlarmNews['kind'];
  alarm: Alarm;
}

export function createNoticing(
  { compound, channels = [] }: NoticingSite,
  standing: Standing,
): Noticing {
  if (channels.length === 0) return { standing, take: () => [] };
  let changes: Change[] = [];

  function note(before: Alarm | undefined, alarm: Alarm): void {
    const kind = kindOf(before, alarm);
    if (kind) changes.push({ kind, alarm });
    else {
      // What is added in the same breath belongs to it: the ticket that it opens.
      const last = changes.findLast((change) => change.alarm.id === alarm.id);
      if (last && (last.kind === 'alarm-raised') === isActive(alarm)) last.alarm = alarm;
    }
  }
  const { alarms } = standing;
  return {
    standing: {
      ...standing,
      alarms: {
        ...alarms,
        put(id, alarm) {
          note(alarms.get(id), alarm);
          alarms.put(id, alarm);
        },
      },
    },
    take() {
      const taken = changes;
      changes = [];
      return taken.flatMap((change) =>
        channels
          .filter(({ severities }) => severities?.includes(change.alarm.severity) ?? true)
          .map((channel) => noticeOf(channel, change, compound)),
      );
    },
  };
}

function kindOf(before: Alarm | undefined, alarm: Alarm): AlarmNews['kind'] | undefined {
  if (!isActive(alarm)) return before && isActive(before) ? 'alarm-cleared' : undefined;
  return before === undefined ? 'alarm-raised' : undefined;
}

function noticeOf({ id }: Channel, { kind, alarm }: Change, compound: Compound): Notice {
  const transition = kind === 'alarm-raised' ? 'raised' : 'cleared';
  return {
    channel: id,
    key: `${alarm.id}:${transition}`,
    subject: alarm.id,
    at: kind === 'alarm-raised' ? alarm.raisedAt : (alarm.clearedAt ?? alarm.raisedAt),
    news: newsOf(kind, alarm, compound),
  };
}

function newsOf(kind: AlarmNews['kind'], alarm: Alarm, { assets }: Compound): AlarmNews {
  const { rule, severity, text, quantity, value, raisedAt, clearedAt, explainedBy, ticket } = alarm;
  const asset = assets.get(alarm.asset);
  return {
    kind,
    alarm: alarm.id,
    rule,
    severity,
    asset: alarm.asset,
    name: asset?.name ?? alarm.asset,
    ...(asset && 'station' in asset && { station: asset.station }),
    text,
    ...(quantity !== undefined && { quantity, unit: QUANTITIES[quantity].unit }),
    ...(value !== undefined && { value }),
    raisedAt,
    ...(clearedAt !== undefined && { clearedAt }),
    ...(clearedAt !== undefined && explainedBy !== undefined && { explainedBy }),
    ...(ticket !== undefined && { ticket }),
  };
}
