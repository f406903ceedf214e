// How the drop-off windows were used, per station and day: what came in them, what came outside of them,
// what looks like dumping, and how long bins stood full. Days and station stand in the address; the last
// seven days where it names none.
import { useEffect, useState } from 'preact/hooks';
import type { WindowDayView } from '../../gateway/api/schemas.ts';
import { addDays } from '../shared/calendar.ts';
import type { Live } from '../shared/live.ts';
import { Quiet } from '../shared/quiet.tsx';
import { signedIn } from '../shared/session.ts';
import { siteTimeIn } from '../shared/site-time.ts';
import { change, goTo, search } from './address.ts';
import { Answered } from '../shared/answered.tsx';
import { DumpingCases, HeatStrip } from './dumping.tsx';
import { LedgerFoot, StationField } from './ledger-parts.tsx';
import { ListFrame } from './list-frame.tsx';
import { PeriodPicker, periodName } from './period-picker.tsx';
import { periodIn, type Period } from './period.ts';
import { binNames, sightOf, type Sight } from './sight.ts';
import { useKept } from '../shared/use-kept.ts';
import { WindowCards } from './window-cards.tsx';
import { casesOf } from './window-figures.ts';
import { WindowTable } from './window-table.tsx';

const ASK_AGAIN_MS = 60_000;

export function WindowsPage({ live }: { live: Live }) {
  const sight = sightOf(live);
  const { words, today } = sight;
  const say = words.ledger.windows;
  const site = live.site.value;
  useEffect(() => {
    document.title = `${say.title}${site ? ` · ${site.name}` : ''}`;
  }, [say, site]);
  const query = new URLSearchParams(search.value);
  const station = query.get('station') ?? undefined;
  const period = query.has('from')
    ? periodIn(search.value, today)
    : { from: addDays(today, -6), to: today };
  return (
    <ListFrame live={live} tab="windows">
      <WindowsHead site={site?.name ?? ''} period={periodName(period, '', words)} sight={sight} />
      <p class="note">{say.note}</p>
      <PeriodPicker
        period={period}
        today={today}
        words={words}
        onPeriod={(wanted) => goTo(wanted ?? { from: today, to: today })}
      />
      <StationField
        stations={site?.stations ?? []}
        station={station}
        words={words}
        onStation={(id) => change({ station: id })}
      />
      <Asked path={windowsPath(period, station)} live={live} sight={sight} />
      <p class="sheets">
        <button type="button" class="button" onClick={() => print()}>
          {words.ledger.print}
        </button>
      </p>
      <LedgerFoot sight={sight} />
    </ListFrame>
  );
}

interface AskedProps {
  readonly path: string;
  readonly live: Live;
  readonly sight: Sight;
}

function Asked({ path, live, sight }: AskedProps) {
  const { words, now } = sight;
  const say = words.ledger.windows;
  const [retries, setRetries] = useState(0);
  const standing = signedIn.value.state;
  // Before the gateway has said where it is, nobody knows what day it is there.
  const isKnown = live.site.value !== undefined && (standing === 'in' || standing === 'ended');
  const round = Math.floor(now / ASK_AGAIN_MS) + retries;
  const asked = useKept<WindowDayView[]>(isKnown ? path : undefined, round);
  return (
    <Answered asked={asked} words={words} retry={() => setRetries(retries + 1)}>
      {(days) =>
        days.length === 0 ? (
          <Quiet what={say.empty} next={say.emptyNext} />
        ) : (
          <Windows days={days} binOf={binNames(live)} sight={sight} />
        )
      }
    </Answered>
  );
}

const windowsPath = ({ from, to }: Period, station: string | undefined): string => {
  const query = new URLSearchParams({ from, to, ...(station !== undefined && { station }) });
  return `/api/v1/windows?${query.toString()}`;
};

interface WindowsProps {
  readonly days: readonly WindowDayView[];
  readonly binOf: (id: string) => string;
  readonly sight: Sight;
}

function Windows({ days, binOf, sight }: WindowsProps) {
  const cases = casesOf(days);
  return (
    <>
      <WindowCards days={days} sight={sight} />
      <DumpingCases cases={cases} binOf={binOf} sight={sight} />
      {cases.length > 0 && <HeatStrip cases={cases} sight={sight} />}
      <WindowTable days={days} binOf={binOf} sight={sight} />
    </>
  );
}

interface HeadProps {
  readonly site: string;
  readonly period: string;
  readonly sight: Sight;
}

function WindowsHead({ site, period, sight: { words, zone, now } }: HeadProps) {
  const { date, clock } = siteTimeIn(zone).at(now);
  return (
    <div class="paper paper__head">
      <b>
        {site} · {words.ledger.windows.title}
      </b>
      <span>{period}</span>
      <span>{words.ledger.made(`${date} ${clock}`)}</span>
    </div>
  );
}
