import type { AlarmView } from '../../gateway/api/schemas.ts';
import type { Live } from '../shared/live.ts';
import { useAsked } from '../shared/use-asked.ts';

/**
 * The alarms of these ids in this order; the live word where there is one. Those that are over are
 * asked for, because the stream carries only what is active.
 */
export function useAlarms(live: Live, ids: readonly string[]): AlarmView[] {
  const active = live.alarms.value;
  const isShort = ids.some((id) => !active.has(id));
  const asked = useAsked<AlarmView[]>(isShort ? '/api/v1/alarms?state=all' : undefined);
  const kept = new Map((asked?.ok ? asked.value : []).map((alarm) => [alarm.id, alarm]));
  return ids.map((id) => active.get(id) ?? kept.get(id)).filter((alarm) => alarm !== undefined);
}
