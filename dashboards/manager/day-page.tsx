// One day of the ledger, so that every figure can be opened: which there are, and of the one that is
// chosen all that it is made of. The day, the station and the stream stand in the address.
import { useEffect, useState } from 'preact/hooks';
import type { LedgerRowView } from '../../gateway/api/schemas.ts';
import { addDays } from '../shared/calendar.ts';
import { language, pathTo } from '../shared/language.ts';
import type { Live } from '../shared/live.ts';
import { Quiet } from '../shared/quiet.tsx';
import { signedIn } from '../shared/session.ts';
import { siteTimeIn } from '../shared/site-time.ts';
import { change, search } from './address.ts';
import { Answered } from '../shared/answered.tsx';
import { DayFigures } from './day-figures.tsx';
import { DayOpened } from './day-opened.tsx';
import { LedgerFoot, StationField } from './ledger-parts.tsx';
import { ListFrame } from './list-frame.tsx';
import { dayIn, dayPath, openedIn, type Opened } from './opened-day.ts';
import { binNames, dayName, sightOf, type Sight } from './sight.ts';
import type { Stream } from './tonnage.ts';
import { useKept } from '../shared/use-kept.ts';

const ASK_AGAIN_MS = 60_000;

export function DayPage({ live }: { live: Live }) {
  const sight = sightOf(live);
  const { words } = sight;
  const say = words.ledger.day;
  const site = live.site.value;
  const day = dayIn(location.pathname);
  const name = day === undefined ? '' : ` · ${day.slice(0, 5)}${dayName(day, words)}`;
  useEffect(() => {
    document.title = `${say.title}${name}${site ? ` · ${site.name}` : ''}`;
  }, [say, name, site]);
  return (
    <ListFrame live={live} tab="review" title={say.title}>
      {day === undefined ? (
        <Quiet what={say.badDay} next={say.badDayNext} />
      ) : (
        <OneDay day={day} live={live} sight={sight} />
      )}
    </ListFrame>
  );
}

interface OneDayProps {
  readonly day: string;
  readonly live: Live;
  readonly sight: Sight;
}

function OneDay({ day, live, sight }: OneDayProps) {
  const { words, now } = sight;
  const [retries, setRetries] = useState(0);
  const standing = signedIn.value.state;
  const isKnown = standing === 'in' || standing === 'ended';
  const round = Math.floor(now / ASK_AGAIN_MS) + retries;
  const asked = useKept<LedgerRowView[]>(
    isKnown ? `/api/v1/ledger?from=${day}&to=${day}&by=day` : undefined,
    round,
  );
  const opened = openedIn(search.value);
  const again = (): void => setRetries(retries + 1);
  const stations = live.site.value?.stations ?? [];
  return (
    <>
      <DayHead day={day} opened={opened} site={live.site.value?.name ?? ''} sight={sight} />
      <StationField
        stations={stations}
        station={opened.station}
        words={words}
        onStation={(station) => change({ station, stream: undefined, show: undefined })}
      />
      <Answered asked={asked} words={words} retry={again}>
        {(rows) => (
          <DayParts
            rows={rows}
            round={round}
            onChange={again}
            opened={opened}
            day={day}
            live={live}
            sight={sight}
          />
        )}
      </Answered>
      <p class="sheets">
        <button type="button" class="button" onClick={() => print()}>
          {words.ledger.print}
        </button>
      </p>
      <LedgerFoot sight={sight} />
    </>
  );
}

interface PartsProps extends OneDayProps {
  readonly rows: readonly LedgerRowView[];
  readonly opened: Opened;
  readonly round: number;
  readonly onChange: () => void;
}

function DayParts({ rows, opened, round, onChange, day, live, sight }: PartsProps) {
  const figure = chosenOf(rows, opened);
  return (
    <>
      <DayFigures day={day} rows={rows} opened={opened} chosen={figure} sight={sight} />
      {figure && (
        <DayOpened
          key={`${figure.station} ${figure.stream}`}
          figure={{ day, ...figure }}
          show={opened.show}
          round={round}
          binOf={binNames(live)}
          sight={sight}
          onChange={onChange}
        />
      )}
    </>
  );
}

export interface Chosen {
  readonly station: string;
  readonly stream: Stream;
}

/** What the address names; of what it leaves open the first that bins of the site told of. */
function chosenOf(rows: readonly LedgerRowView[], { station, stream }: Opened): Chosen | undefined {
  if (station !== undefined && stream) return { station, stream };
  const fits = rows.find(
    (row) =>
      row.origin !== 'imported' &&
      row.station !== undefined &&
      (station === undefined || row.station === station) &&
      (!stream || row.stream === stream),
  );
  return fits?.station === undefined ? undefined : { station: fits.station, stream: fits.stream };
}

interface HeadProps {
  readonly day: string;
  readonly opened: Opened;
  readonly site: string;
  readonly sight: Sight;
}

function DayHead({ day, opened, site, sight }: HeadProps) {
  const { words, today, zone, now } = sight;
  const say = words.ledger.day;
  const at = siteTimeIn(zone).at(now);
  const to = (count: number): string =>
    dayPath(addDays(day, count), { ...opened, lang: language.value });
  return (
    <>
      <div class="paper paper__head">
        <b>
          {site} · {say.title} {day}
        </b>
        <span>{words.ledger.made(`${at.date} ${at.clock}`)}</span>
      </div>
      <nav class="day-steps" aria-label={say.title}>
        <a class="button step-link" href={to(-1)}>
          <span aria-hidden="true">‹</span>
          <span class="unseen">{say.before}</span>
        </a>
        <b class="day-steps__name">
          {day.slice(0, 5)}
          {dayName(day, words)}
        </b>
        {day < today ? (
          <a class="button step-link" href={to(1)}>
            <span aria-hidden="true">›</span>
            <span class="unseen">{say.after}</span>
          </a>
        ) : (
          <span class="step-link step-link--none" />
        )}
        <a class="link day-steps__back" href={pathTo('/manager')}>
          {say.review}
        </a>
      </nav>
    </>
  );
}
