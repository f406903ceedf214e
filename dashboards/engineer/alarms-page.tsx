// Every alarm, whether or not a ticket speaks for it: what stands, what is aside and until when, and
// what is over. A flood shows as the one incident that stands for it.
import { useEffect } from 'preact/hooks';
import type { AlarmView } from '../../gateway/api/schemas.ts';
import type { Live } from '../shared/live.ts';
import { Failure, Quiet } from '../shared/quiet.tsx';
import { useAsked } from '../shared/use-asked.ts';
import { ALARM_FILTERS, alarmList, counted, type AlarmFilter } from './alarm-filter.ts';
import { Filters } from './filters.tsx';
import { Frame } from './frame.tsx';
import { Pages, usePage } from './pages.tsx';
import { sightOf, type Sight } from './sight.ts';
import { useQuery } from './use-query.ts';
import { WorkRow } from './work-row.tsx';

const PAGE = 30;

export function AlarmsPage({ live }: { live: Live }) {
  const sight = sightOf(live);
  const { words } = sight;
  const say = words.work.alarms;
  const [filter, setFilter] = useQuery('show', ALARM_FILTERS, 'standing');
  const told = [...live.alarms.value.values()];
  useEffect(() => {
    document.title = say.title;
  }, [say]);
  return (
    <Frame live={live} tab="alarms">
      <main class="columns columns--one">
        <section class="column" aria-labelledby="alarms">
          <h1 id="alarms" class="section">
            {say.title}
          </h1>
          <Filters
            label={say.title}
            shown={filter}
            filters={ALARM_FILTERS.map((name) => ({
              name,
              word: say.filters[name],
              count: name === 'over' ? undefined : counted(name, told),
            }))}
            onChoose={setFilter}
          />
          {filter === 'over' ? (
            <Over live={live} sight={sight} />
          ) : (
            <AlarmRows key={filter} filter={filter} alarms={told} sight={sight} />
          )}
        </section>
      </main>
    </Frame>
  );
}

interface AlarmRowsProps {
  readonly filter: AlarmFilter;
  readonly alarms: readonly AlarmView[];
  readonly sight: Sight;
}

function AlarmRows({ filter, alarms, sight }: AlarmRowsProps) {
  const say = sight.words.work.alarms;
  const shown = alarmList(filter, alarms);
  const { page, from, turn } = usePage(PAGE);
  const newest = alarms.map(({ raisedAt }) => Date.parse(raisedAt)).sort((a, b) => b - a)[0];
  const last = newest === undefined ? undefined : sight.format.since(newest, sight.now);
  if (shown.length === 0)
    return <Quiet what={say.none[filter]} next={last === undefined ? undefined : say.last(last)} />;
  return (
    <>
      <ul class="rows">
        {shown.slice(from, from + PAGE).map((alarm) => (
          <WorkRow key={alarm.id} work={{ kind: 'alarm', id: alarm.id, alarm }} sight={sight} />
        ))}
      </ul>
      <Pages
        page={page}
        size={PAGE}
        more={shown.length > from + PAGE}
        words={sight.words}
        onTurn={turn}
      />
    </>
  );
}

/** The stream carries only what stands. */
function Over({ live, sight }: { live: Live; sight: Sight }) {
  const { words } = sight;
  const asked = useAsked<AlarmView[]>('/api/v1/alarms?state=all', live.alarms.value.size);
  if (!asked) return <Quiet what={words.loading} />;
  if (!asked.ok) return <Failure words={words} title={asked.title} detail={asked.detail} />;
  return <AlarmRows filter="over" alarms={asked.value} sight={sight} />;
}
