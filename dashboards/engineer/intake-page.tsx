// The loss ledger: what each source and device said today and since the start, what was kept, what
// was lost and why, day by day, and what was refused, down to the bytes. An engineer with a
// screwdriver reads here what his sensor really sent.
import { useEffect, useState } from 'preact/hooks';
import type { IntakeDayView, IntakeView } from '../../gateway/api/schemas.ts';
import { Cue } from '../shared/cue.tsx';
import type { Live } from '../shared/live.ts';
import { Failure, Quiet } from '../shared/quiet.tsx';
import { useAsked } from '../shared/use-asked.ts';
import { Frame } from './frame.tsx';
import { DayLines, LossRows } from './intake-losses.tsx';
import { DeadLetters, Rejections } from './intake-refused.tsx';
import { DeviceTable, SourceTable } from './intake-tables.tsx';
import { DayDevices, DaySources } from './intake-today.tsx';
import { sightOf, type Sight } from './sight.ts';

const ASK_AGAIN_MS = 5000;

export function IntakePage({ live }: { live: Live }) {
  const sight = sightOf(live);
  const { words } = sight;
  const round = Math.floor(sight.now / ASK_AGAIN_MS);
  const intake = useAsked<IntakeView>('/api/v1/intake', round);
  useEffect(() => {
    document.title = words.intake.title;
  }, [words]);
  const influx = live.site.value?.influx;
  return (
    <Frame live={live} tab="intake">
      <main class="columns columns--wide">
        <div class="column">
          <h1 class="section">{words.intake.title}</h1>
          {!intake && <Quiet what={words.loading} />}
          {intake && !intake.ok && (
            <Failure words={words} title={intake.title} detail={intake.detail} />
          )}
          {intake?.ok && <Ledger intake={intake.value} sight={sight} />}
          <DayLines round={round} sight={sight} />
        </div>
        <div class="column">
          <LossRows round={round} sight={sight} />
          <Rejections round={round} sight={sight} />
          <DeadLetters round={round} sight={sight} />
          {influx && (
            <p class="influx">
              {words.intake.influx}{' '}
              <Cue of={influx} look="plain">
                {words.intake.influxState[influx]}
              </Cue>
            </p>
          )}
        </div>
      </main>
    </Frame>
  );
}

const SPANS = ['today', 'sinceStart'] as const;

function Ledger({ intake, sight }: { intake: IntakeView; sight: Sight }) {
  const { words } = sight;
  const [span, setSpan] = useState<(typeof SPANS)[number]>('today');
  const today = intake.days?.[intake.days.length - 1];
  return (
    <>
      {today && <Today day={today} sight={sight} />}
      <div class="filters" role="group" aria-label={words.intake.which}>
        {SPANS.map((name) => (
          <button
            key={name}
            type="button"
            class="filter"
            aria-pressed={name === span}
            onClick={() => setSpan(name)}
          >
            {words.intake[name]}
          </button>
        ))}
      </div>
      {span === 'sinceStart' && <SourceTable sources={intake.sources} sight={sight} />}
      {span === 'sinceStart' && <DeviceTable devices={intake.devices} sight={sight} />}
      {span === 'today' && today && <DaySources day={today} sight={sight} />}
      {span === 'today' && today && (
        <DayDevices day={today} devices={intake.devices} sight={sight} />
      )}
    </>
  );
}

/** The day in one glance: lost or not, by shape and word before colour. */
function Today({ day, sight: { words, format } }: { day: IntakeDayView; sight: Sight }) {
  const say = words.intake;
  const refused = Object.values(day.rejected).reduce((sum, count) => sum + count, 0);
  const isWhole = day.lostInAll === 0;
  return (
    <p class="today" data-lost={day.lostInAll}>
      <Cue of={isWhole ? 'normal' : 'medium'} look={isWhole ? 'plain' : 'filled'}>
        {isWhole ? say.none : say.some(format.count(day.lostInAll))}
      </Cue>
      <span class="today__sums">
        {say.summary(format.count(day.heard), format.count(day.stored), format.count(refused))}
      </span>
    </p>
  );
}
