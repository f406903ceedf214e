// Which alarms a list shows, and in which order.
import type { AlarmView } from '../../gateway/api/schemas.ts';
import { isQuiet, isUnseen } from './alarm-look.ts';

export const ALARM_FILTERS = ['standing', 'unacknowledged', 'shelved', 'quiet', 'over'] as const;
export type AlarmFilter = (typeof ALARM_FILTERS)[number];

function passes(filter: AlarmFilter, alarm: AlarmView): boolean {
  switch (filter) {
    case 'standing':
      return alarm.state !== 'normal';
    case 'unacknowledged':
      return isUnseen(alarm);
    case 'shelved':
      return alarm.state === 'shelved';
    case 'quiet':
      return isQuiet(alarm);
    case 'over':
      return alarm.state === 'normal';
  }
}

/** What came in a flood, or is explained by something bigger, is seen inside of that. */
const isInside = ({ id, incident, explainedBy }: AlarmView): boolean =>
  explainedBy !== undefined || (incident !== undefined && incident !== id);

const SEVERITIES: readonly AlarmView['severity'][] = ['high', 'medium', 'low'];
const raisedAt = (alarm: AlarmView): number => Date.parse(alarm.raisedAt);

/** The gravest first; what is over, the newest first. */
export function alarmList(filter: AlarmFilter, alarms: readonly AlarmView[]): AlarmView[] {
  const shown = alarms
    .filter((alarm) => passes(filter, alarm))
    .filter((alarm) => filter === 'over' || !isInside(alarm));
  const newestFirst = (one: AlarmView, other: AlarmView): number => raisedAt(other) - raisedAt(one);
  if (filter === 'over') return shown.sort(newestFirst);
  const gravity = ({ severity }: AlarmView): number => SEVERITIES.indexOf(severity);
  return shown.sort((one, other) => gravity(one) - gravity(other) || newestFirst(one, other));
}

export const counted = (filter: AlarmFilter, alarms: readonly AlarmView[]): number =>
  alarmList(filter, alarms).length;
