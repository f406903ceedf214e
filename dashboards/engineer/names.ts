import type { AssetView, SiteView } from '../../gateway/api/schemas.ts';

/** How people call what an alarm holds of: an asset, a circuit, or a device or source by its id. */
export function nameIn(
  site: SiteView | undefined,
  assets: ReadonlyMap<string, AssetView>,
): (id: string) => string {
  const circuits = new Map((site?.circuits ?? []).map((circuit) => [circuit.id, circuit.name]));
  return (id) => assets.get(id)?.name ?? circuits.get(id) ?? id;
}
