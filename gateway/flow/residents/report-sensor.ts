// What an asset's own sensor says of what a resident reports: for it, against it, or neither. Only a
// value of now counts. Pure: asks the standing, says a few words.
import type { Asset, Bin, Lamp } from '../../domain/asset.ts';
import type { Quantity } from '../../domain/quantity.ts';
import type { SensorWord } from '../../domain/report.ts';
import type { Spot } from '../../domain/spot.ts';
import { STALE_AFTER, type Latest } from '../../domain/standing.ts';
import type { Category } from '../../domain/ticket.ts';
import { between, minutes, seconds, type Instant } from '../../domain/time.ts';
import { amountInWords, spanInWords } from '../../rules/wording.ts';
import type { TicketScene } from '../tickets/ticket-scene.ts';

export interface AssetWord {
  readonly stance: 'for' | 'against' | 'neither';
  readonly asset: Asset;
  readonly word: SensorWord;
}

type Scene = Pick<TicketScene, 'compound' | 'standing' | 'shouldBeOn'>;

interface Claim {
  readonly spot: Spot;
  readonly category: Category;
}

/** Undefined where no sensor has a word to say now. */
export function assetWord(
  scene: Scene,
  { spot, category }: Claim,
  at: Instant,
): AssetWord | undefined {
  const asset = scene.compound.assets.get(spot.code);
  if (asset?.kind === 'lamp' && category === 'lamp') return lampWord(scene, asset, at);
  if (asset?.kind === 'meter' && category === 'water-leak') {
    const latest = freshOf({ ...scene, at }, asset, ['flow']);
    return (
      latest && { stance: 'neither', asset, word: said({ says: 'flow', ...asset }, latest, at) }
    );
  }
  return spot.kind === 'station' && category === 'bin-full'
    ? binsWord(scene, spot.code, at)
    : undefined;
}

/** Of its nominal watts: below, it is dark or weak, whatever its switch says. */
const LIT_FROM = 0.7;

function lampWord(scene: Scene, lamp: Lamp, at: Instant): AssetWord | undefined {
  const latest = freshOf({ ...scene, at }, lamp, ['power', 'on']);
  if (!latest) return undefined;
  const { quantity, value } = latest;
  const isLit = quantity === 'power' ? value >= LIT_FROM * lamp.nominalW : value === 1;
  const shouldBeLit = scene.shouldBeOn(lamp, at);
  const word = said({ says: isLit ? 'lit' : 'dark', ...lamp }, latest, at);
  if (shouldBeLit) return { stance: isLit ? 'against' : 'for', asset: lamp, word };
  // By day a lit one is a fault too, and a dark one says nothing of the night.
  return { stance: isLit ? 'for' : 'neither', asset: lamp, word };
}

const FULL_FROM = 0.9;
const NOT_FULL_BELOW = 0.7;

/** The fullest of them speaks for all; against the report only where every one of them was heard. */
function binsWord(scene: Scene, station: string, at: Instant): AssetWord | undefined {
  const bins = [...scene.compound.assets.values()].filter(
    (asset): asset is Bin => asset.kind === 'bin' && asset.station === station,
  );
  const heard = bins.flatMap((bin) => {
    const latest = freshOf({ ...scene, at }, bin, ['fill']);
    return latest ? [{ bin, latest }] : [];
  });
  const [fullest] = heard.toSorted((a, b) => b.latest.value - a.latest.value);
  if (!fullest) return undefined;
  const { bin, latest } = fullest;
  const word = said({ says: 'fullest-bin', ...bin }, latest, at);
  const isNone = heard.length === bins.length && latest.value < NOT_FULL_BELOW;
  if (isNone) return { stance: 'against', asset: bin, word };
  return { stance: latest.value >= FULL_FROM ? 'for' : 'neither', asset: bin, word };
}

type Heard = Latest & { readonly quantity: Quantity };

/** The first of these that is believed and not old. */
function freshOf(
  { standing, compound, at }: Scene & { readonly at: Instant },
  { id }: Asset,
  quantities: readonly Quantity[],
): Heard | undefined {
  const device = [...compound.devices.values()].find(({ assets }) =>
    [...assets.values()].includes(id),
  );
  const known = standing.assets.get(id)?.latest ?? {};
  return quantities
    .flatMap((quantity): Heard[] => {
      const latest = known[quantity];
      return latest ? [{ ...latest, quantity }] : [];
    })
    .find(
      ({ doubt, receivedAt }) =>
        doubt === undefined &&
        between(receivedAt, at) <= STALE_AFTER * (device?.every ?? minutes(1)),
    );
}

const said = (
  { says, name }: Pick<SensorWord, 'says' | 'name'>,
  { quantity, value, observedAt }: Heard,
  at: Instant,
): SensorWord => ({
  says,
  name,
  quantity,
  value,
  ageS: Math.round(between(observedAt, at) / seconds(1)),
});

/** For the history, which speaks the compound's language: 传感器：7号庭院灯亮着，28 W，12 秒前 */
export const sensorInWords = ({ says, name, quantity, value, ageS }: SensorWord): string =>
  [
    `传感器：${SAYINGS[says](name)}`,
    ...(quantity === 'on' ? [] : [amountInWords(value, quantity)]),
    `${spanInWords(seconds(ageS))}前`,
  ].join('，');

const SAYINGS: Readonly<Record<SensorWord['says'], (name: string) => string>> = {
  lit: (name) => `${name}亮着`,
  dark: (name) => `${name}未亮`,
  'fullest-bin': (name) => `最满的${name}`,
  flow: (name) => name,
};
