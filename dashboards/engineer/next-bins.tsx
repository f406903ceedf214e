// Which bin next, by when: the order of a cleaner's round, as the gateway has it. A press says that a bin
// was emptied; for ten seconds another takes it back.
import type { NextBinView } from '../../gateway/api/schemas.ts';
import { todaysWindows } from '../kiosk/drop-off.ts';
import { Cue } from '../shared/cue.tsx';
import type { Live } from '../shared/live.ts';
import { Failure, Quiet } from '../shared/quiet.tsx';
import { siteTimeIn } from '../shared/site-time.ts';
import { StreamChip } from '../shared/stream-chip.tsx';
import { TapStrip } from '../shared/tap-strip.tsx';
import { openTaps, steady, tapShown } from '../shared/taps.ts';
import { useAsked } from '../shared/use-asked.ts';
import { whenFull } from '../shared/when-full.ts';
import { mayDo, type Sight } from './sight.ts';
import './next-bins.css';

const ASK_AGAIN_MS = 10_000;
const taps = openTaps();

export function NextBins({ live, sight }: { live: Live; sight: Sight }) {
  const { words, now } = sight;
  const say = words.onSite.round;
  const told = [...taps.all.value.values()].filter(({ state }) => state !== 'telling').length;
  const path = mayDo(sight, 'listNextBins') ? '/api/v1/rounds/collection' : undefined;
  const asked = useAsked<NextBinView[]>(path, Math.floor(now / ASK_AGAIN_MS) + told);
  const bins = asked?.ok ? inTheirPlaces(asked.value) : [];
  return (
    <section aria-labelledby="next-bins">
      <h1 id="next-bins" class="section">
        {say.title}
      </h1>
      <p class="next__note">{say.note}</p>
      {!asked && <Quiet what={words.loading} />}
      {asked && !asked.ok && <Failure words={words} title={asked.title} detail={asked.detail} />}
      {asked?.ok && bins.length === 0 && <Quiet what={say.none} next={say.noneNext} />}
      <ol class="next">
        {bins.map((bin) => (
          <NextBin key={bin.asset} bin={bin} live={live} sight={sight} />
        ))}
      </ol>
    </section>
  );
}

let held: readonly string[] = [];

/** While a press is shown its row stays where the finger was: an order that jumps makes wrong taps. */
function inTheirPlaces(bins: readonly NextBinView[]): readonly NextBinView[] {
  const isHeld = [...taps.all.value.values()].some((tap) => tapShown(tap, steady()));
  if (!isHeld) held = bins.map(({ asset }) => asset);
  const place = ({ asset }: NextBinView): number =>
    held.includes(asset) ? held.indexOf(asset) : held.length;
  return [...bins].sort((one, other) => place(one) - place(other));
}

interface NextBinProps {
  readonly bin: NextBinView;
  readonly live: Live;
  readonly sight: Sight;
}

function NextBin({ bin, live, sight }: NextBinProps) {
  const { words, format, now } = sight;
  const position = live.assets.value.get(bin.asset)?.position;
  const number = position === undefined ? undefined : words.kiosk.position(position);
  const called = [sight.stationOf(bin.station) ?? bin.station, number].filter(Boolean).join(' ');
  const last = bin.collectedAt && format.moment(Date.parse(bin.collectedAt), now);
  return (
    <li class="next__bin" data-bin={bin.asset}>
      <p class="next__name">
        <StreamChip stream={bin.stream} word={words.stream[bin.stream]} /> <b>{called}</b>
      </p>
      <Why bin={bin} sight={sight} />
      <p class="next__facts">
        <span>{words.onSite.round.level(format.value('fill', bin.level))}</span>
        <span>{windowsOf(bin, live, sight)}</span>
      </p>
      {mayDo(sight, 'tapCollected') && (
        <TapStrip
          bin={`${called} ${words.streamBin[bin.stream]}`}
          last={last ? words.onSite.lastCollected(last) : words.onSite.neverCollected}
          tap={taps.all.value.get(bin.asset)}
          reachable={sight.reachable}
          words={words}
          format={format}
          onTap={() => void taps.tap(bin.asset, now)}
          onTakeBack={() => void taps.takeBack(bin.asset)}
        />
      )}
    </li>
  );
}

/** What is most pressing of it, in one line. */
function Why({ bin, sight }: Pick<NextBinProps, 'bin' | 'sight'>) {
  const { words, format, now } = sight;
  const say = words.onSite;
  const { missedCollection: missed, timeToFull: forecast } = bin;
  const when = whenFull(forecast, { words, format, now });
  return (
    <p class="next__why">
      {bin.isFull && (
        <Cue of="full" look="filled">
          {words.state.full}
        </Cue>
      )}
      {missed && (
        <b class="next__missed">{say.missed(format.moment(Date.parse(missed.expectedBy), now))}</b>
      )}
      {!bin.isFull && (
        <span>
          {when === undefined ? say.full.unsure : <b>{when}</b>}
          {when !== undefined && forecast && (
            <span class="next__sure"> · {say.reliability[forecast.reliability]}</span>
          )}
        </span>
      )}
    </p>
  );
}

function windowsOf({ station }: NextBinView, live: Live, { words, zone, now }: Sight): string {
  const all = live.site.value?.stations.find(({ id }) => id === station)?.windows ?? [];
  if (all.length === 0) return words.kiosk.allDay;
  const today = todaysWindows(all, siteTimeIn(zone).at(now));
  if (today.length === 0) return words.onSite.round.noWindows;
  return words.onSite.round.windows(today.map(({ from, to }) => `${from}–${to}`).join(' '));
}
