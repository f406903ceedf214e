// The first view: what needs me. Beside it, or below it on a phone, everything there is.
import { useEffect } from 'preact/hooks';
import type { Live } from '../shared/live.ts';
import { AssetList } from './asset-list.tsx';
import { Frame } from './frame.tsx';
import { LampTable } from './lamp-table.tsx';
import { MaintenanceDialog, useMaintenance } from './maintenance.tsx';
import { NextBins } from './next-bins.tsx';
import { sightOf, whoIn } from './sight.ts';
import { SourceList } from './source-list.tsx';
import { WorkList } from './work-list.tsx';

export function DeskPage({ live }: { live: Live }) {
  const sight = sightOf(live);
  const { words } = sight;
  const upkeep = useMaintenance(sight);
  const assets = [...live.assets.value.values()];
  useEffect(() => {
    document.title = words.engineer.title;
  }, [words]);
  return (
    <Frame live={live} tab="desk">
      <main class="columns">
        <div class="column">
          {whoIn(sight).role === 'cleaner' && <NextBins live={live} sight={sight} />}
          <WorkList live={live} sight={sight} />
        </div>
        <div class="column">
          <SourceList sources={[...live.sources.value.values()]} sight={sight} />
          <AssetList
            assets={assets.filter((asset) => asset.kind !== 'lamp')}
            upkeep={upkeep}
            sight={sight}
          />
          <LampTable
            lamps={assets.filter((asset) => asset.kind === 'lamp')}
            circuits={live.site.value?.circuits ?? []}
            upkeep={upkeep}
            sight={sight}
          />
        </div>
      </main>
      <MaintenanceDialog upkeep={upkeep} sight={sight} />
    </Frame>
  );
}
