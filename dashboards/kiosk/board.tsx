// A station's board: everything a cleaner needs within two seconds, on one screen, never scrolled.
// The only view of this page that reads the live store; what it shows it hands down as props.
import { useEffect } from 'preact/hooks';
import type { SiteView } from '../../gateway/api/schemas.ts';
import { formatIn, type Format } from '../shared/format.ts';
import { pathTo } from '../shared/language.ts';
import type { Link, Live } from '../shared/live.ts';
import { Quiet } from '../shared/quiet.tsx';
import { signedIn } from '../shared/session.ts';
import { SimulatedBand } from '../shared/simulated-band.tsx';
import { themeOfSky } from '../shared/sky.ts';
import { TapStrip } from '../shared/tap-strip.tsx';
import { openTaps } from '../shared/taps.ts';
import { themeInUrl, wear } from '../shared/theme.ts';
import { binFace, byPosition, nameOf, type BinFace } from './bin-face.ts';
import { BottomStrip } from './bottom-strip.tsx';
import { turnAt } from './on-the-board.ts';
import { ReportCode } from './report-code.tsx';
import { Tile } from './tile.tsx';
import { touchOfPanel } from './panel.ts';
import { TopStrip } from './top-strip.tsx';
import { chooseVoice, speech, voice, type Speech } from './voice.ts';
import { whatFirst, worstThatFit } from './what-first.ts';

const ROOM_FOR = 8;
const GREY_AFTER_MS = 60_000;
const taps = openTaps();
const touch = touchOfPanel();

export function Board({ live, stationId }: { live: Live; stationId: string }) {
  const site = live.site.value;
  const link = live.link.value;
  const { words } = speech.value;
  if (!site)
    return <Quiet what={link.state === 'lost' ? words.link.lostEmpty : words.link.connecting} />;
  const station = site.stations.find(({ id }) => id === stationId);
  if (!station) return <NoSuchStation site={site} stationId={stationId} speech={speech.value} />;
  return <StationBoard live={live} site={site} station={station} />;
}

interface StationBoardProps {
  readonly live: Live;
  readonly site: SiteView;
  readonly station: SiteView['stations'][number];
}

function StationBoard({ live, site, station }: StationBoardProps) {
  const now = live.now.value;
  const link = live.link.value;
  const theme = themeInUrl() ?? themeOfSky(site, now);
  useEffect(() => wear(theme), [theme]);
  useTitle(`${station.name} · ${site.name}`);
  const faces = facesOf(live, station.id, now);
  const shown = worstThatFit(faces, ROOM_FOR);
  const format = formatIn(site.zone, speech.value.words);
  const mayTap = tapping();
  const isOld = link.state === 'lost' && now - link.since > GREY_AFTER_MS;
  return (
    <main class={classOf(station, { tiles: shown.length, age: isOld ? 'old' : 'fresh', mayTap })}>
      <SimulatedBand shown={site.simulated} words={speech.value.words} />
      <TopStrip
        site={site}
        station={station}
        now={now}
        speech={speech.value}
        voice={voice.value}
        onVoice={chooseVoice}
      />
      <section class="tiles" data-count={columnsFor(shown.length)}>
        {shown.map((face) => (
          <Tile key={face.id} face={face} now={now} format={format} speech={speech.value}>
            {mayTap === 'yes' && (
              <Tapped face={face} link={link} now={now} format={format} speech={speech.value} />
            )}
          </Tile>
        ))}
        {shown.length === 0 && <NoBins words={speech.value.words} />}
      </section>
      <ReportCode station={station} phone={site.contact?.phone} speech={speech.value} />
      <BottomStrip
        advice={whatFirst(faces, now)}
        now={now}
        hidden={faces.length - shown.length}
        link={link}
        site={site}
        notice={link.state === 'lost' ? undefined : turnAt(station.board ?? [], now)}
        code={station.reportAt === undefined ? 'none' : 'shown'}
        format={format}
        speech={speech.value}
      />
    </main>
  );
}

interface TappedProps {
  readonly face: BinFace;
  readonly link: Link;
  readonly now: number;
  readonly format: Format;
  readonly speech: Speech;
}

/** Where the panel can be touched, and this screen may say it. */
function tapping(): 'yes' | 'no' {
  const standing = signedIn.value;
  const isTheirs = standing.state === 'in' && standing.who.may.includes('tapCollected');
  return isTheirs ? touch : 'no';
}

function Tapped({ face, link, now, format, speech: { words } }: TappedProps) {
  const { collectedAt } = face;
  const last = collectedAt === undefined ? undefined : format.moment(collectedAt, now);
  if (face.state === 'out') return null;
  return (
    <TapStrip
      bin={nameOf(face, words)}
      last={last === undefined ? words.onSite.neverCollected : words.onSite.lastCollected(last)}
      tap={taps.all.value.get(face.id)}
      reachable={link.state === 'live' ? 'yes' : 'no'}
      words={words}
      format={format}
      onTap={() => void taps.tap(face.id, now)}
      onTakeBack={() => void taps.takeBack(face.id)}
    />
  );
}

function facesOf(live: Live, stationId: string, now: number): BinFace[] {
  const alarms = [...live.alarms.value.values()];
  return [...live.assets.value.values()]
    .filter((asset) => asset.kind === 'bin' && asset.station === stationId)
    .map((asset) => binFace(asset, { now, alarms }))
    .sort(byPosition);
}

const NoBins = ({ words: { kiosk } }: { words: Speech['words'] }) => (
  <Quiet what={kiosk.noBins} next={kiosk.noBinsNext} />
);

interface Looks {
  readonly tiles: number;
  readonly age: 'old' | 'fresh';
  readonly mayTap: 'yes' | 'no';
}

function classOf(
  { reportAt }: StationBoardProps['station'],
  { tiles, age, mayTap }: Looks,
): string {
  const looks = [
    'board',
    `board--${rowsFor(tiles)}`,
    reportAt !== undefined && 'board--code',
    mayTap === 'yes' && 'board--touch',
    age === 'old' && 'board--old',
  ];
  return looks.filter(Boolean).join(' ');
}

const rowsFor = (tiles: number): string => (tiles > 4 ? 'two-rows' : 'one-row');
const columnsFor = (tiles: number): number =>
  tiles > 4 ? Math.ceil(tiles / 2) : Math.max(1, tiles);

function useTitle(title: string): void {
  useEffect(() => {
    document.title = title;
  }, [title]);
}

interface NoSuchStationProps {
  readonly site: SiteView;
  readonly stationId: string;
  readonly speech: Speech;
}

function NoSuchStation({ site, stationId, speech: { words } }: NoSuchStationProps) {
  useEffect(() => wear(themeInUrl() ?? 'light'), []);
  return (
    <main class="no-station">
      <SimulatedBand shown={site.simulated} words={words} />
      <Quiet
        what={words.kiosk.unknownStation(stationId)}
        next={site.stations.length > 0 ? words.kiosk.whichExist : words.start.noStations}
      >
        <ul class="no-station__list">
          {site.stations.map((station) => (
            <li key={station.id}>
              <a href={pathTo(`/kiosk/${station.id}`)}>
                {station.name} ({station.id})
              </a>
            </li>
          ))}
        </ul>
      </Quiet>
    </main>
  );
}
