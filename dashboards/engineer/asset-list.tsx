// Every asset with its values, each with its age: grey and calm where all is well.
import type { AssetView } from '../../gateway/api/schemas.ts';
import { Cue } from '../shared/cue.tsx';
import { freshnessOf } from '../shared/freshness.ts';
import { pathTo } from '../shared/language.ts';
import { Quiet } from '../shared/quiet.tsx';
import { StreamChip } from '../shared/stream-chip.tsx';
import { UpkeepButton, UpkeepMark, type Upkeep } from './maintenance.tsx';
import type { Sight } from './sight.ts';

interface AssetListProps {
  readonly assets: readonly AssetView[];
  readonly upkeep: Upkeep;
  readonly sight: Sight;
}

export function AssetList({ assets, upkeep, sight }: AssetListProps) {
  const { words } = sight;
  return (
    <section aria-labelledby="assets">
      <h2 id="assets" class="section">
        {words.engineer.assets}
      </h2>
      {assets.length === 0 && (
        <Quiet what={words.engineer.noAssets} next={words.engineer.noAssetsNext} />
      )}
      <ul class="assets">
        {assets.map((asset) => (
          <AssetCard key={asset.id} asset={asset} upkeep={upkeep} sight={sight} />
        ))}
      </ul>
    </section>
  );
}

const isCalm = (asset: AssetView): boolean => asset.state === 'normal';

interface AssetCardProps {
  readonly asset: AssetView;
  readonly upkeep: Upkeep;
  readonly sight: Sight;
}

function AssetCard({ asset, upkeep, sight }: AssetCardProps) {
  const { words } = sight;
  const quantities = Object.keys(asset.latest);
  const position = asset.position === undefined ? '' : words.kiosk.position(asset.position);
  const place = [sight.stationOf(asset.station), position].filter(Boolean).join(' · ');
  const gone = asset.state === 'offline' || asset.state === 'stale';
  const look = ['asset', gone && 'hatched', upkeep.of(asset.id) && 'asset--upkeep'];
  return (
    <li class={look.filter(Boolean).join(' ')} data-asset={asset.id}>
      <p class="asset__name">
        {asset.stream && <StreamChip stream={asset.stream} word={words.stream[asset.stream]} />}{' '}
        <a class="asset__link" href={pathTo(`/engineer/assets/${encodeURIComponent(asset.id)}`)}>
          {asset.name}
        </a>{' '}
        <span class="asset__place">{place}</span>
      </p>
      <p class="asset__state">
        {asset.outOfService ? (
          <Cue of="out" look="plain">
            {words.onSite.out}
          </Cue>
        ) : (
          <Cue of={asset.state} look={isCalm(asset) ? 'plain' : 'filled'}>
            {words.state[asset.state]}
          </Cue>
        )}{' '}
        <UpkeepButton asset={asset} upkeep={upkeep} sight={sight} />
      </p>
      <dl class="asset__values">
        {quantities.map((quantity) => (
          <AssetValue key={quantity} asset={asset} quantity={quantity} sight={sight} />
        ))}
      </dl>
      {quantities.length === 0 && <p class="asset__never">{words.link.neverHeard}</p>}
      <UpkeepMark asset={asset} upkeep={upkeep} sight={sight} />
    </li>
  );
}

interface AssetValueProps {
  readonly asset: AssetView;
  readonly quantity: string;
  readonly sight: Sight;
}

export function AssetValue({ asset, quantity, sight }: AssetValueProps) {
  const { words, format, now } = sight;
  const latest = asset.latest[quantity];
  const observedAt = latest ? Date.parse(latest.observedAt) : Number.NaN;
  const ageS = (now - observedAt) / 1000;
  const isStale = latest?.quality === 'stale' || asset.state === 'offline';
  const freshness = isStale ? 'stale' : freshnessOf(ageS, asset.expectedS);
  const text = format.value(quantity, latest?.value);
  const age = format.age(ageS);
  return (
    <div class={`pair pair--${freshness}`}>
      <dt>{(words.quantity as Record<string, string>)[quantity] ?? quantity}</dt>
      <dd>
        <span class="pair__value">{freshness === 'stale' ? words.last(text) : text}</span>
        <span class="pair__age">
          {freshness === 'stale' ? words.at(format.moment(observedAt, now), age) : age}
          {latest?.quality === 'doubted' && ` · ${words.doubted} ${latest.doubt ?? ''}`}
        </span>
      </dd>
    </div>
  );
}
