// Which changes of alarms are told outside: that one was raised, that it has become graver or asks
// again, and that it is over. What came in a flood is told by the flood's incident alone. Part of the
// step and as pure: it sees every alarm that is put, so nothing that ends in silence (explained by a
// bigger one, its rule gone from the site file) stays open at the far side for ever.
import type { Alarm } from '../../domain/alarm.ts';
import { isActive, isGraver, type Severity } from '../../domain/alarm.ts';
import type { Compound } from '../../domain/asset.ts';
import type { AlarmNews, Channel, Notice } from '../../domain/notice.ts';
import { QUANTITIES } from '../../domain/quantity.ts';
import type { Standing } from '../../domain/standing.ts';
import type { Instant } from '../../domain/time.ts';

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
  readonly at: Instant;
}

export function createNoticing(
  { compound, channels = [] }: NoticingSite,
  standing: Standing,
): Noticing {
  if (channels.length === 0) return { standing, take: () => [] };
  let changes: Change[] = [];
  /** The last of each alarm: a flood is many alarms at once, and each is put several times. */
  const lastOf = new Map<string, Change>();

  function note(before: Alarm | undefined, alarm: Alarm): void {
    const kind = kindOf(before, alarm);
    if (kind) {
      const change = { kind, alarm, at: momentOf(kind, alarm) };
      changes.push(change);
      lastOf.set(alarm.id, change);
    } else {
      // What is added in the same breath belongs to it: the ticket that it opens.
      const last = lastOf.get(alarm.id);
      if (last && isOfOneBreath(last, alarm)) last.alarm = alarm;
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
      if (changes.length === 0) return [];
      const taken = changes;
      changes = [];
      lastOf.clear();
      return taken.flatMap((change) =>
        channels
          .filter(({ severities }) => isWanted(severities, change))
          .map((channel) => noticeOf(channel, change, compound)),
      );
    },
  };
}

/** What it has become since is no part of what was to be told. */
const isOfOneBreath = ({ kind, alarm: told }: Change, alarm: Alarm): boolean =>
  (kind !== 'alarm-cleared') === isActive(alarm) && told.severity === alarm.severity;

const isWanted = (severities: Channel['severities'], change: Change): boolean =>
  severities === undefined || heardAs(change).some((each) => severities.includes(each));

function kindOf(before: Alarm | undefined, alarm: Alarm): AlarmNews['kind'] | undefined {
  if (alarm.untold) return undefined;
  if (!isActive(alarm)) return before && isActive(before) ? 'alarm-cleared' : undefined;
  if (before === undefined) return 'alarm-raised';
  if (alarm.state !== 'active-unacknowledged') return undefined;
  if (isGraver(alarm.severity, before.severity)) return 'alarm-graver';
  return before.state === 'active-unacknowledged' ? undefined : 'alarm-again';
}

/** Whoever heard of it once, by what it was then, hears that it is over. */
const heardAs = ({ kind, alarm }: Change): readonly Severity[] =>
  kind === 'alarm-cleared' ? (alarm.severities ?? [alarm.severity]) : [alarm.severity];

function momentOf(kind: AlarmNews['kind'], { raisedAt, clearedAt, askedAt }: Alarm): Instant {
  if (kind === 'alarm-raised') return raisedAt;
  return (kind === 'alarm-cleared' ? clearedAt : askedAt) ?? raisedAt;
}

/** Each is told once; what can come again is named by the moment at which it came. */
function keyOf({ kind, alarm, at }: Change): string {
  switch (kind) {
    case 'alarm-raised':
      return `${alarm.id}:raised`;
    case 'alarm-cleared':
      return `${alarm.id}:cleared`;
    case 'alarm-graver':
    case 'alarm-again':
      return `${alarm.id}:${kind === 'alarm-graver' ? alarm.severity : 'again'}:${at}`;
  }
}

function noticeOf({ id }: Channel, change: Change, compound: Compound): Notice {
  const { kind, alarm, at } = change;
  return {
    channel: id,
    key: keyOf(change),
    subject: alarm.id,
    at,
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
