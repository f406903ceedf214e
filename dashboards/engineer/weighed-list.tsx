// What was thrown into a bin and what was taken out of it in the last days, each with who says so.
import type { AssetView, WeighedView } from '../../gateway/api/schemas.ts';
import { addDays } from '../shared/calendar.ts';
import { Failure, Quiet } from '../shared/quiet.tsx';
import { siteTimeIn } from '../shared/site-time.ts';
import { useAsked } from '../shared/use-asked.ts';
import { wordFor } from '../shared/words.ts';
import type { Sight } from './sight.ts';

const ASK_AGAIN_MS = 10_000;
const DAYS_BACK = 2;
const SHOWN = 60;

type Told = WeighedView & { readonly what: 'deposit' | 'collection' };

export function WeighedList({ asset, sight }: { asset: AssetView; sight: Sight }) {
  const { words, zone, now } = sight;
  const say = words.onSite.page;
  const from = addDays(siteTimeIn(zone).at(now).date, -DAYS_BACK);
  const query = `?asset=${encodeURIComponent(asset.id)}&from=${from}&limit=${SHOWN}`;
  const round = Math.floor(now / ASK_AGAIN_MS);
  const deposits = useAsked<WeighedView[]>(`/api/v1/deposits${query}`, round);
  const collections = useAsked<WeighedView[]>(`/api/v1/collections${query}`, round);
  const failed = [deposits, collections].find((asked) => asked && !asked.ok);
  const told = [
    ...(deposits?.ok ? deposits.value : []).map((one): Told => ({ ...one, what: 'deposit' })),
    ...(collections?.ok ? collections.value : []).map((one): Told => ({
      ...one,
      what: 'collection',
    })),
  ].sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
  const isKnown = deposits?.ok && collections?.ok;
  return (
    <section aria-labelledby="weighed">
      <h2 id="weighed" class="section section--small">
        {say.weighed}
      </h2>
      {failed && !failed.ok && (
        <Failure words={words} title={failed.title} detail={failed.detail} />
      )}
      {!failed && !isKnown && <Quiet what={words.loading} />}
      {isKnown && told.length === 0 && <Quiet what={say.noWeighed} />}
      <ul class="weighed">
        {told.slice(0, SHOWN).map((one) => (
          <Weighed key={`${one.what}/${one.id}`} one={one} sight={sight} />
        ))}
      </ul>
    </section>
  );
}

function Weighed({ one, sight }: { one: Told; sight: Sight }) {
  const { words, format, now } = sight;
  const say = words.onSite;
  const witnesses = (one.witnesses ?? [one.by]).map((witness) => say.witness[witness]);
  const fill = [one.fillBefore, one.fillAfter].filter((level) => level !== undefined);
  const facts = [
    witnesses.join(words.people.separator),
    one.person,
    fill.length === 2 && say.changedTo(levelOf(fill[0], sight), levelOf(fill[1], sight)),
    one.estimated && say.page.estimated,
    ...one.flags.map((flag) => wordFor(say.flag, flag)),
  ];
  return (
    <li class={`weighed__one weighed__one--${one.what}`} data-told={one.what}>
      <span class="weighed__what">
        {one.what === 'deposit' ? '＋' : '－'} {say.page[one.what]}
      </span>
      <b class="weighed__amount">{amountOf(one, sight)}</b>
      <span class="weighed__when">{format.moment(Date.parse(one.at), now)}</span>
      <span class="weighed__facts">{facts.filter(Boolean).join(' · ')}</span>
      {one.note !== undefined && (
        <q class="weighed__facts" dir="auto">
          {one.note}
        </q>
      )}
    </li>
  );
}

const levelOf = (level: number | undefined, { format }: Sight): string =>
  format.value('fill', level);

function amountOf({ kg, litres }: WeighedView, { words, format }: Sight): string {
  if (kg !== undefined) return format.value('net', kg);
  return litres === undefined ? words.unknown : format.value('volume', litres);
}
