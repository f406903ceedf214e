// Floods in the fold: every alarm that is raised is counted for the team whose work it is. The arithmetic
// is flood.ts's; here the incident is raised, joined and ended. Every alarm stays on record by itself;
// what joins an incident only opens no work of its own and is told to nobody by itself.
import { isActive, isGraver, type Alarm } from '../domain/alarm.ts';
import type { Flood } from '../domain/flood.ts';
import type { RuleSettings } from '../domain/rule.ts';
import type { Instant } from '../domain/time.ts';
import { cleared, newIncident, withSeverity } from './alarm-book.ts';
import {
  floodInWords,
  floodRule,
  lately,
  levelOf,
  NO_FLOOD,
  overAt,
  withArrival,
} from './flood.ts';
import { nextAlarmNumber, say, type Scene } from './watch-scene.ts';

const DUE = 'flood ';
/**
 * Says that an alarm is raised: by itself, or as one of a flood. One that is nobody's work is only
 * shown, and told to programs: it can be too much for nobody.
 */
export function sayRaised(scene: Scene, alarm: Alarm, rule: RuleSettings): void {
  const team = rule.ticket?.team;
  if (team === undefined) return say(scene, { kind: 'raised', alarm, rule });
  const at = alarm.raisedAt;
  const before = scene.standing.floods.get(team) ?? NO_FLOOD;
  const counted = withArrival(before, { alarm: alarm.id, severity: alarm.severity, at });
  const level = levelOf(counted, at);
  const flood =
    before.incident === undefined && level !== undefined
      ? begun(scene, counted, { team, at, rule: floodRule(level, rule.ticket) })
      : deepened(scene, counted, { level, at });
  const { incident } = flood;
  if (incident === undefined || isGraver(alarm.severity, flood.level ?? 'low')) {
    say(scene, { kind: 'raised', alarm, rule });
    putFlood(scene, team, flood);
    return;
  }
  const joining = { ...alarm, incident, untold: true } as const;
  say(scene, { kind: 'raised', alarm: joining, rule });
  scene.events.push({ kind: 'joined', alarm: joining });
  putFlood(scene, team, joined(scene, flood, [joining]));
}

function putFlood({ standing }: Scene, team: string, flood: Flood): void {
  standing.floods.put(team, flood);
  standing.agenda.set(DUE + team, flood.incident === undefined ? undefined : overAt(flood));
}

interface Beginning {
  readonly team: string;
  readonly at: Instant;
  readonly rule: ReturnType<typeof floodRule>;
}

/** The incident, and into it what has just come and still stands. */
function begun(scene: Scene, flood: Flood, { team, at, rule }: Beginning): Flood {
  const number = nextAlarmNumber(scene);
  const incident = newIncident({ number, team, rule, text: floodInWords(0), at });
  say(scene, { kind: 'raised', alarm: incident, rule });
  const first = lately(flood, at)
    .sort((a, b) => a.at - b.at)
    .flatMap(({ alarm }) => scene.standing.alarms.get(alarm) ?? [])
    .filter((alarm) => isActive(alarm) && !isGraver(alarm.severity, rule.severity))
    .map((alarm) => ({ ...alarm, incident: incident.id }));
  for (const alarm of first) say(scene, { kind: 'joined', alarm });
  return joined(scene, { ...flood, incident: incident.id, level: rule.severity, count: 0 }, first);
}

/** What was a flood of small things has become one of graver ones. */
function deepened(
  scene: Scene,
  flood: Flood,
  { level, at }: { readonly level: Flood['level']; readonly at: Instant },
): Flood {
  if (flood.incident === undefined || level === undefined) return flood;
  if (flood.level !== undefined && !isGraver(level, flood.level)) return flood;
  const incident = scene.standing.alarms.get(flood.incident);
  const graver = incident && withSeverity(incident, level);
  if (graver) say(scene, { kind: 'severity', alarm: { ...graver, askedAt: at } });
  return { ...flood, level };
}

/** The incident says how many there are, and which. */
function joined({ standing }: Scene, flood: Flood, alarms: readonly Alarm[]): Flood {
  const count = (flood.count ?? 0) + alarms.length;
  const incident = standing.alarms.get(flood.incident ?? '');
  if (!incident) return flood;
  const known = new Set(incident.inside);
  const more = alarms.map(({ asset }) => asset).filter((asset) => !known.has(asset));
  const inside = [...incident.inside, ...more];
  standing.alarms.put(incident.id, {
    ...incident,
    value: count,
    text: floodInWords(count),
    inside,
  });
  return { ...flood, count };
}

/** Waits again for the end of every flood. */
export function armFloods({ standing }: Scene): void {
  for (const [team, flood] of standing.floods.all())
    standing.agenda.set(DUE + team, flood.incident === undefined ? undefined : overAt(flood));
}

/** Whether this key of the agenda was a flood's end, which then has been seen to. */
export function endFlood(scene: Scene, key: string, at: Instant): boolean {
  if (!key.startsWith(DUE)) return false;
  const team = key.slice(DUE.length);
  const flood = scene.standing.floods.get(team);
  if (flood?.incident === undefined) return true;
  const incident = scene.standing.alarms.get(flood.incident);
  if (incident && isActive(incident)) say(scene, { kind: 'cleared', alarm: cleared(incident, at) });
  scene.standing.floods.put(team, { arrivals: flood.arrivals });
  return true;
}
