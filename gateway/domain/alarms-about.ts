// Which alarms are active on an asset, kept as they come and go: every screen and every retained state
// asks for it, and in a flood there are as many alarms to look through as there are assets that ask.
import { isActive, type Alarm } from './alarm.ts';
import type { AssetId } from './asset.ts';
import { FLOOD } from './flood.ts';
import type { Slices } from './slices.ts';

export interface AlarmsAbout {
  /** Active ones, the longest active first. */
  about(asset: AssetId): readonly Alarm[];
  /** The same slices; what is put there is known here. */
  readonly slices: Slices<Alarm>;
}

/** A flood says nothing of an asset that the asset's own alarm does not say. */
export const assetsInAlarm = ({ rule, asset, inside }: Alarm): readonly AssetId[] =>
  rule === FLOOD ? [asset] : [asset, ...inside];

/** What is normal again is over, and soon in the books only. */
const stands = (alarm: Alarm): boolean => isActive(alarm) && alarm.state !== 'normal';

export function alarmsAbout(slices: Slices<Alarm>): AlarmsAbout {
  const active = new Map<AssetId, Map<string, Alarm>>();

  function note(alarm: Alarm): void {
    for (const asset of assetsInAlarm(alarm)) {
      const known = active.get(asset) ?? new Map<string, Alarm>();
      active.set(asset, known.set(alarm.id, alarm));
    }
  }
  function forget(alarm: Alarm, isStill: (asset: AssetId) => boolean): void {
    for (const asset of assetsInAlarm(alarm)) {
      const known = active.get(asset);
      if (!isStill(asset)) known?.delete(alarm.id);
      if (known?.size === 0) active.delete(asset);
    }
  }
  for (const [, alarm] of slices.all()) if (stands(alarm)) note(alarm);

  return {
    about: (asset) => [...(active.get(asset)?.values() ?? [])],
    slices: {
      ...slices,
      put(id, alarm) {
        const before = slices.get(id);
        const now = stands(alarm) ? assetsInAlarm(alarm) : [];
        if (before && stands(before)) forget(before, (asset) => now.includes(asset));
        slices.put(id, alarm);
        if (stands(alarm)) note(alarm);
      },
      drop(id) {
        const before = slices.get(id);
        if (before) forget(before, () => false);
        slices.drop(id);
      },
    },
  };
}
