import type { AssetAction } from '../../gateway/api/desk.ts';
import type { MaintenanceView } from '../../gateway/api/schemas.ts';

/** What people have said that they are at work on. */
export function handMaintenance() {
  const works = new Map<string, MaintenanceView>();
  return {
    all: (): MaintenanceView[] => [...works.values()],
    act({ id, action, body, actor }: AssetAction, now: string): MaintenanceView {
      const { reason = '', until } = body as { reason?: string; until?: string };
      const begun = { asset: id, reason, by: actor.by, since: now };
      const work = works.get(id) ?? { ...begun, ...(until !== undefined && { until }) };
      if (action === 'maintain') works.set(id, work);
      else works.delete(id);
      return action === 'maintain' ? work : { ...work, endedAt: now };
    },
  };
}
