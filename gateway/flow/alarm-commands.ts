// What people do to alarms: acknowledge, shelve, take off the shelf.
import type { Answer } from '../api/desk.ts';
import { isActive, type Alarm } from '../domain/alarm.ts';
import type { Instant } from '../domain/time.ts';
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
  const refusal = alarmRefusal(alarm, ask, parts.clock.now());
  if (refusal) return refusal;
  await writeCommand(parts, { on: 'alarm', id, ...ask });
  return accept(
    parts.standing.alarms.get(id) ?? { ...alarm, state: 'normal', acknowledgedBy: ask.actor.by },
  );
}

function alarmRefusal(alarm: Alarm, { action, body }: Ask, now: Instant): Refusal | undefined {
  switch (action) {
    case 'acknowledge':
      return alarm.state === 'active-unacknowledged' || alarm.state === 'returned-unacknowledged'
        ? undefined
        : refuse(409, 'Nothing to acknowledge', `alarm ${alarm.id} is ${alarm.state}`);
    case 'shelve':
      if (!isActive(alarm)) return refuse(422, 'Not now', `alarm ${alarm.id} is over`);
      return Number(body['until']) > now
        ? undefined
        : refuse(422, 'Not now', 'the shelf would end in the past');
    default:
      return alarm.state === 'shelved'
        ? undefined
        : refuse(409, 'Not shelved', `alarm ${alarm.id} is ${alarm.state}`);
  }
}
