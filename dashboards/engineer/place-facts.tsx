// What stands at a place: which container, its tare and since when, which hardware, in service or not.
import type { AssetView, PlaceView } from '../../gateway/api/schemas.ts';
import { Fact } from './fact.tsx';
import { kilograms } from './kilograms.ts';
import type { Sight } from './sight.ts';

interface PlaceFactsProps {
  readonly asset: AssetView;
  readonly place: PlaceView;
  readonly sight: Sight;
}

export function PlaceFacts({ asset, place, sight }: PlaceFactsProps) {
  const { words, format, now } = sight;
  const say = words.onSite.page;
  const at = (moment: string): string => format.since(Date.parse(moment), now);
  const isOut = place.state === 'out-of-service';
  return (
    <section class="facts" aria-labelledby="place">
      <h2 id="place" class="section section--small">
        {say.place}
      </h2>
      <dl>
        <Fact name={say.service}>
          {isOut ? (
            <b>⚙ {place.reason ? words.onSite.outBecause(place.reason) : words.onSite.out}</b>
          ) : (
            say.inService
          )}
        </Fact>
        {asset.kind === 'bin' && (
          <Fact name={say.container}>{place.container ?? say.noContainer}</Fact>
        )}
        <Fact name={say.tare}>
          {place.tareKg === undefined ? say.noTare : kilograms(place.tareKg)}
        </Fact>
        {place.since !== undefined && <Fact name={say.since}>{at(place.since)}</Fact>}
        <Fact name={say.device}>{place.device ?? say.siteDevice}</Fact>
        {asset.kind === 'bin' && (
          <Fact name={say.collected}>
            {asset.collectedAt === undefined ? words.onSite.neverCollected : at(asset.collectedAt)}
          </Fact>
        )}
      </dl>
    </section>
  );
}
