// How an alarm stands after a person's action, on a desk that is filled by hand.
import type { AlarmAction } from '../../gateway/api/desk.ts';
import type { AlarmView } from '../../gateway/api/schemas.ts';

export function afterAlarmAction(
  alarm: AlarmView,
  { action, body, actor }: AlarmAction,
): AlarmView {
  const { shelvedUntil: _until, shelvedReason: _reason, ...open } = alarm;
  if (action === 'unshelve' || action === 'put-back')
    return { ...open, state: 'active-unacknowledged' };
  if (action === 'take-out') {
    const { reason } = body as { reason: string };
    return { ...open, state: 'out-of-service', takenOutReason: reason, takenOutBy: actor.by };
  }
  if (action === 'acknowledge') {
    return { ...alarm, state: 'active-acknowledged', acknowledgedBy: actor.by };
  }
  const { until, reason } = body as { until: string; reason: string };
  return { ...open, state: 'shelved', shelvedUntil: until, shelvedReason: reason };
}
