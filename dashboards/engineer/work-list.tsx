// What needs whoever looks, the most pressing first, through one of a few sieves that the address keeps.
import type { TicketView } from '../../gateway/api/schemas.ts';
import type { Live } from '../shared/live.ts';
import { Failure, Quiet } from '../shared/quiet.tsx';
import { useAsked } from '../shared/use-asked.ts';
import { Filters } from './filters.tsx';
import { Pages, usePage } from './pages.tsx';
import { whoIn, type Sight } from './sight.ts';
import { useQuery } from './use-query.ts';
import { filtersFor, isEnded, passes, ticketWork, workOf, type Filter, type Work } from './work.ts';
import { WorkRow } from './work-row.tsx';

const PAGE = 30;
/** Who judges begins with what stands before their step. */
const USUAL: Readonly<Record<string, Filter>> = { committee: 'team', reviewer: 'team' };

export function WorkList({ live, sight }: { live: Live; sight: Sight }) {
  const { words, now } = sight;
  const who = whoIn(sight);
  const filters = filtersFor(who);
  const [filter, setFilter] = useQuery('show', filters, USUAL[who.role] ?? 'all');
  const work = workOf(live.tickets.value.values(), live.alarms.value.values());
  const through = (name: Filter): Work[] =>
    work.filter((one) => passes(name, one, { ...who, now }));
  return (
    <section aria-labelledby="needs-me">
      <h1 id="needs-me" class="section">
        {words.engineer.needsMe}
      </h1>
      <Filters
        label={words.engineer.needsMe}
        shown={filter}
        filters={filters.map((name) => ({
          name,
          word: filterWord(name, who.role, sight),
          count: through(name).length,
        }))}
        onChoose={setFilter}
      />
      <Rows key={filter} work={through(filter)} sight={sight} />
      {through(filter).length === 0 && (
        <NothingToDo
          filter={filter}
          rest={work.length}
          tickets={[...live.tickets.value.values()]}
          sight={sight}
          onClear={() => setFilter('all')}
        />
      )}
      {filter === 'all' && <Ended round={live.tickets.value} sight={sight} />}
    </section>
  );
}

function filterWord(filter: Filter, role: string, { words: { work } }: Sight): string {
  if (filter !== 'team') return work.filter[filter];
  return role === 'committee' || role === 'reviewer' ? work.teamOf[role] : work.filter.team;
}

function Rows({ work, sight }: { work: readonly Work[]; sight: Sight }) {
  const { page, from, turn } = usePage(PAGE);
  return (
    <>
      <ul class="rows">
        {work.slice(from, from + PAGE).map((one) => (
          <WorkRow key={`${one.kind}/${one.id}`} work={one} sight={sight} />
        ))}
      </ul>
      <Pages
        page={page}
        size={PAGE}
        more={work.length > from + PAGE}
        words={sight.words}
        onTurn={turn}
      />
    </>
  );
}

interface NothingProps {
  readonly filter: Filter;
  /** How much there is outside of the sieve. */
  readonly rest: number;
  readonly tickets: readonly TicketView[];
  readonly sight: Sight;
  readonly onClear: () => void;
}

function NothingToDo({ filter, rest, tickets, sight, onClear }: NothingProps) {
  const { words, format, now } = sight;
  const last = tickets.map((ticket) => Date.parse(ticket.raisedAt)).sort((a, b) => b - a)[0];
  const next = last === undefined ? undefined : words.engineer.nothingLast(format.since(last, now));
  return (
    <Quiet what={words.work.nothing[filter]} next={rest === 0 ? next : undefined}>
      {rest > 0 && (
        <button type="button" class="button" onClick={onClear}>
          {words.work.showAll} · {rest}
        </button>
      )}
    </Quiet>
  );
}

const ENDED_PAGE = 20;

/** Ended work, asked for by the page: the live stream carries only what is open. */
function Ended({ round, sight }: { round: ReadonlyMap<string, TicketView>; sight: Sight }) {
  const { words } = sight;
  const { page, from, turn } = usePage(ENDED_PAGE);
  const closed = [...round.values()].filter(isEnded).length;
  const path = `/api/v1/tickets?state=all&limit=${ENDED_PAGE}&offset=${from}`;
  const asked = useAsked<TicketView[]>(path, closed + round.size);
  if (!asked) return null;
  if (!asked.ok) return <Failure words={words} title={asked.title} detail={asked.detail} />;
  const ended = asked.value.filter(isEnded).map(ticketWork);
  const more = asked.value.length === ENDED_PAGE;
  if (ended.length === 0 && page === 0 && !more) return null;
  return (
    <>
      <h2 class="section section--small">{words.engineer.ended}</h2>
      <ul class="rows rows--ended">
        {ended.map((one) => (
          <WorkRow key={one.id} work={one} sight={sight} />
        ))}
      </ul>
      <Pages page={page} size={ENDED_PAGE} more={more} words={words} onTurn={turn} />
    </>
  );
}
