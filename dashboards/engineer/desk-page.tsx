// The first view: what needs me. Beside it, or below it on a phone, everything there is.
import { useEffect, useState } from 'preact/hooks';
import type { TicketView } from '../../gateway/api/schemas.ts';
import type { Live } from '../shared/live.ts';
import { Quiet } from '../shared/quiet.tsx';
import { useAsked } from '../shared/use-asked.ts';
import { AssetList } from './asset-list.tsx';
import { Frame } from './frame.tsx';
import { LampTable } from './lamp-table.tsx';
import { sightOf, type Sight } from './sight.ts';
import { SourceList } from './source-list.tsx';
import { FILTERS, isEnded, passes, raisedAtOf, workOf, type Filter, type Work } from './work.ts';
import { WorkRow } from './work-row.tsx';

export function DeskPage({ live }: { live: Live }) {
  const sight = sightOf(live);
  const { words } = sight;
  const assets = [...live.assets.value.values()];
  useEffect(() => {
    document.title = words.engineer.title;
  }, [words]);
  return (
    <Frame live={live} tab="desk">
      <main class="columns">
        <div class="column">
          <WorkList live={live} sight={sight} />
        </div>
        <div class="column">
          <SourceList sources={[...live.sources.value.values()]} sight={sight} />
          <AssetList assets={assets.filter((asset) => asset.kind !== 'lamp')} sight={sight} />
          <LampTable
            lamps={assets.filter((asset) => asset.kind === 'lamp')}
            circuits={live.site.value?.circuits ?? []}
            sight={sight}
          />
        </div>
      </main>
    </Frame>
  );
}

function WorkList({ live, sight }: { live: Live; sight: Sight }) {
  const { words } = sight;
  const [filter, setFilter] = useState<Filter>('all');
  const work = workOf(live.tickets.value.values(), live.alarms.value.values());
  const shown = work.filter((one) => passes(filter, one));
  return (
    <section aria-labelledby="needs-me">
      <h1 id="needs-me" class="section">
        {words.engineer.needsMe}
      </h1>
      <div class="filters" role="group" aria-label={words.engineer.needsMe}>
        {FILTERS.map((name) => (
          <button
            key={name}
            type="button"
            class="filter"
            aria-pressed={name === filter}
            onClick={() => setFilter(name)}
          >
            {words.engineer.filters[name]}
            <b class="filter__count">{work.filter((one) => passes(name, one)).length}</b>
          </button>
        ))}
      </div>
      <ul class="rows">
        {shown.map((one) => (
          <WorkRow key={`${one.kind}/${one.id}`} work={one} sight={sight} />
        ))}
      </ul>
      {shown.length === 0 && (
        <NothingToDo
          isFiltered={work.length > 0}
          tickets={[...live.tickets.value.values()]}
          sight={sight}
          onClear={() => setFilter('all')}
        />
      )}
      {filter === 'all' && <Ended round={live.tickets.value} sight={sight} />}
    </section>
  );
}

interface NothingProps {
  readonly isFiltered: boolean;
  readonly tickets: readonly TicketView[];
  readonly sight: Sight;
  readonly onClear: () => void;
}

function NothingToDo({
  isFiltered,
  tickets,
  sight: { words, format, now },
  onClear,
}: NothingProps) {
  if (isFiltered)
    return (
      <Quiet what={words.engineer.noMatch}>
        <button type="button" class="button" onClick={onClear}>
          {words.engineer.clearFilter}
        </button>
      </Quiet>
    );
  const last = tickets.map((ticket) => Date.parse(ticket.raisedAt)).sort((a, b) => b - a)[0];
  const next = last === undefined ? undefined : words.engineer.nothingLast(format.since(last, now));
  return <Quiet what={words.engineer.nothing} next={next} />;
}

const ENDED_SHOWN = 10;

/** Ended work, asked for: the live stream carries only what is open. */
function Ended({ round, sight }: { round: ReadonlyMap<string, TicketView>; sight: Sight }) {
  const closed = [...round.values()].filter(isEnded).length;
  const asked = useAsked<TicketView[]>('/api/v1/tickets?state=all', closed);
  if (!asked?.ok) return null;
  const ended = asked.value
    .filter(isEnded)
    .map((ticket): Work => ({ kind: 'ticket', id: ticket.id, ticket }))
    .sort((one, other) => raisedAtOf(other) - raisedAtOf(one))
    .slice(0, ENDED_SHOWN);
  if (ended.length === 0) return null;
  return (
    <>
      <h2 class="section section--small">{sight.words.engineer.ended}</h2>
      <ul class="rows rows--ended">
        {ended.map((one) => (
          <WorkRow key={one.id} work={one} sight={sight} />
        ))}
      </ul>
    </>
  );
}
