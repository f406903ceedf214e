// What people do to alarms: acknowledge, shelve, take off the shelf, take out of service, put back. The
// table of states says what can be done; here it is said in words why something cannot.
import type { Answer } from '../api/desk.ts';
import { isActive, LONGEST_SHELF, type Alarm } from '../domain/alarm.ts';
import { formatDuration, later, type Instant } from '../domain/time.ts';
import { canHappen } from '../rules/alarm-book.ts';
import {
  accept,
  refuse,
  writeCommand,
  type Ask,
  type CommandParts,
  type Refusal,
} from './command.ts';

export async function alarmAction(
  parts: CommandParts,
  id: string,
  ask: Ask,
): Promise<Answer<Alarm>> {
  const alarm = parts.standing.alarms.get(id);
  if (!alarm) return refuse(404, 'No such alarm', `alarm ${id} does not exist or is over`);
  // The same attempt once more: answered with what it has done.
  if (ask.key !== undefined && alarm.keys?.includes(ask.key)) return accept(alarm);
  const refusal = alarmRefusal(alarm, ask, parts.clock.now());
  if (refusal) return refusal;
  await writeCommand(parts, { on: 'alarm', id, ...ask });
  return accept(
    parts.standing.alarms.get(id) ?? { ...alarm, state: 'normal', acknowledgedBy: ask.actor.by },
  );
}

function alarmRefusal(alarm: Alarm, { action, body }: Ask, now: Instant): Refusal | undefined {
  const isNow = `alarm ${alarm.id} is ${alarm.state}`;
  switch (action) {
    case 'acknowledge':
      return canHappen(alarm, 'acknowledged')
        ? undefined
        : refuse(409, 'Nothing to acknowledge', isNow);
    case 'shelve':
      return shelfRefusal(alarm, body['until'], now);
    case 'unshelve':
      return canHappen(alarm, 'unshelve') ? undefined : refuse(409, 'Not shelved', isNow);
    case 'take-out':
      if (alarm.state === 'out-of-service') return refuse(409, 'Out of service already', isNow);
      return canHappen(alarm, 'take-out')
        ? undefined
        : refuse(422, 'Not now', `${isNow}: only one that stands can be taken out of service`);
    default:
      return canHappen(alarm, 'put-back') ? undefined : refuse(409, 'Not out of service', isNow);
  }
}

function shelfRefusal(alarm: Alarm, until: unknown, now: Instant): Refusal | undefined {
  if (!isActive(alarm) && alarm.state !== 'shelved')
    return refuse(422, 'Not now', `alarm ${alarm.id} is over`);
  if (!canHappen(alarm, 'shelve'))
    return refuse(422, 'Not now', `alarm ${alarm.id} is ${alarm.state}`);
  if (until === undefined) return undefined;
  if (Number(until) <= now) return refuse(422, 'Not now', 'the shelf would end in the past');
  const longest = LONGEST_SHELF[alarm.severity];
  if (Number(until) <= later(now, longest)) return undefined;
  return refuse(
    422,
    'Too long',
    `an alarm of severity ${alarm.severity} can be shelved for ${formatDuration(longest)} at most; shelve it until then and look again`,
  );
}
