// One asset: what it says now, what stands at its place, what people did there, and what came and went
// in the last days. Whoever keeps the hardware does it from here.
import { useEffect, useState } from 'preact/hooks';
import type { AssetView, OnSiteView, PlaceView } from '../../gateway/api/schemas.ts';
import { Cue } from '../shared/cue.tsx';
import { pathTo } from '../shared/language.ts';
import type { Live } from '../shared/live.ts';
import { Failure, Quiet } from '../shared/quiet.tsx';
import { StreamChip } from '../shared/stream-chip.tsx';
import { useAsked } from '../shared/use-asked.ts';
import { whenFull } from '../shared/when-full.ts';
import { AssetValue } from './asset-list.tsx';
import { Frame } from './frame.tsx';
import { OnSiteDeeds } from './on-site-deeds.tsx';
import { PlaceFacts } from './place-facts.tsx';
import { PlaceHistory } from './place-history.tsx';
import { mayDo, sightOf, type Sight } from './sight.ts';
import { WeighedList } from './weighed-list.tsx';
import './place.css';

const ASK_AGAIN_MS = 5000;

export function AssetPage({ live, id }: { live: Live; id: string }) {
  const sight = sightOf(live);
  const { words } = sight;
  const asset = live.assets.value.get(id);
  const isHeard = live.site.value !== undefined && live.link.value.state === 'live';
  return (
    <Frame live={live} tab="desk">
      {!asset && !isHeard && <Quiet what={words.loading} />}
      {!asset && isHeard && (
        <Quiet what={words.engineer.notFound} next={words.engineer.notFoundNext} />
      )}
      {asset && <Asset key={id} asset={asset} sight={sight} />}
    </Frame>
  );
}

interface AssetProps {
  readonly asset: AssetView;
  readonly sight: Sight;
}

function Asset({ asset, sight }: AssetProps) {
  useEffect(() => {
    document.title = asset.name;
  }, [asset.name]);
  const hasPlace = asset.kind === 'bin' || asset.kind === 'scale';
  return (
    <main class="columns columns--detail">
      <div class="column">
        <Head asset={asset} sight={sight} />
        <Readings asset={asset} sight={sight} />
        {!hasPlace && <Quiet what={sight.words.onSite.page.notABin} />}
        {hasPlace && <Place asset={asset} sight={sight} />}
      </div>
      <div class="column">
        {hasPlace && mayDo(sight, 'listDeposits') && <WeighedList asset={asset} sight={sight} />}
      </div>
    </main>
  );
}

function Head({ asset, sight }: AssetProps) {
  const { words, format, now } = sight;
  const { position, stream, outOfService, missedCollection: missed } = asset;
  const place = [
    sight.stationOf(asset.station),
    position !== undefined && words.kiosk.position(position),
    asset.id,
  ];
  const when = whenFull(asset.timeToFull, { words, format, now });
  return (
    <header class="detail">
      <a class="detail__back" href={pathTo('/engineer')}>
        ← {words.onSite.page.back}
      </a>
      <p class="detail__number">{place.filter(Boolean).join(' · ')}</p>
      <h1 class="detail__title">
        {stream && <StreamChip stream={stream} word={words.stream[stream]} />} {asset.name}
      </h1>
      <p class="detail__state">
        <Cue
          of={outOfService ? 'out' : asset.state}
          look={asset.state === 'normal' ? 'plain' : 'filled'}
        >
          {outOfService ? words.onSite.out : words.state[asset.state]}
        </Cue>{' '}
        {when !== undefined && !outOfService && asset.state !== 'full' && (
          <b>
            {when} · {words.onSite.reliability[asset.timeToFull?.reliability ?? 'low']}
          </b>
        )}
      </p>
      {missed && (
        <p class="standing standing--no">
          <b>{words.onSite.missed(format.moment(Date.parse(missed.expectedBy), now))}</b>
        </p>
      )}
    </header>
  );
}

function Readings({ asset, sight }: AssetProps) {
  const { words } = sight;
  const quantities = Object.keys(asset.latest);
  return (
    <section aria-labelledby="readings">
      <h2 id="readings" class="section section--small">
        {words.onSite.page.now}
      </h2>
      {quantities.length === 0 && <p class="asset__never">{words.link.neverHeard}</p>}
      <dl class="asset__values place__values">
        {quantities.map((quantity) => (
          <AssetValue key={quantity} asset={asset} quantity={quantity} sight={sight} />
        ))}
      </dl>
    </section>
  );
}

function Place({ asset, sight }: AssetProps) {
  const { words, now } = sight;
  const [done, setDone] = useState(0);
  const round = Math.floor(now / ASK_AGAIN_MS) + done;
  const path = `/api/v1/assets/${encodeURIComponent(asset.id)}`;
  const place = useAsked<PlaceView>(`${path}/place`, round);
  const history = useAsked<OnSiteView[]>(`${path}/history?limit=100`, round);
  const again = () => setDone(done + 1);
  return (
    <>
      {!place && <Quiet what={words.loading} />}
      {place && !place.ok && (
        <Failure words={words} title={place.title} detail={place.detail} retry={again} />
      )}
      {place?.ok && <PlaceFacts asset={asset} place={place.value} sight={sight} />}
      {place?.ok && <OnSiteDeeds asset={asset} place={place.value} sight={sight} onDone={again} />}
      {history && !history.ok && (
        <Failure words={words} title={history.title} detail={history.detail} retry={again} />
      )}
      {history?.ok && <PlaceHistory entries={history.value} sight={sight} />}
    </>
  );
}
