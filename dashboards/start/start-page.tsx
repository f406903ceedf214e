// The way in: what this place is called, its screens, and how everything stands in one line.
import { useEffect } from 'preact/hooks';
import type { SiteView } from '../../gateway/api/schemas.ts';
import { Account, SessionBanner } from '../shared/account.tsx';
import { Cue } from '../shared/cue.tsx';
import { formatIn } from '../shared/format.ts';
import { language, pathTo, speak, words } from '../shared/language.ts';
import type { Live } from '../shared/live.ts';
import { Quiet } from '../shared/quiet.tsx';
import { signedIn } from '../shared/session.ts';
import { isClosedTo } from '../shared/not-for-you.tsx';
import { SimulatedBand } from '../shared/simulated-band.tsx';
import {
  FOR_BOARD,
  FOR_KEEPERS,
  FOR_LABELS,
  FOR_REVIEW,
  FOR_STAFF,
  WALKS,
} from '../shared/staff.ts';
import type { Words } from '../shared/words.ts';

export function StartPage({ live }: { live: Live }) {
  const site = live.site.value;
  const say = words.value;
  const standing = signedIn.value;
  useEffect(() => {
    if (site) document.title = site.name;
  }, [site]);
  return (
    <>
      <SimulatedBand shown={site?.simulated ?? false} words={say} />
      <main class="start">
        <header class="start__head">
          <h1>{site?.name ?? 'Courtyard'}</h1>
          <button
            type="button"
            class="switch"
            onClick={() => speak(language.value === 'zh' ? 'en' : 'zh')}
          >
            {say.language.switchTo}
          </button>
        </header>
        <div class="start__who">
          <Account standing={standing} words={say} />
        </div>
        <SessionBanner standing={standing} words={say} />
        <OneLine live={live} />
        {site && <Screens site={site} live={live} words={say} />}
        <footer class="start__foot">
          Courtyard {site?.version} · <a href="/docs">API</a>
        </footer>
      </main>
    </>
  );
}

/** The state of everything in one line. */
function OneLine({ live }: { live: Live }) {
  const say = words.value;
  const link = live.link.value;
  const format = formatIn(live.site.value?.zone ?? 'Asia/Shanghai', say);
  if (link.state === 'connecting') return <p class="start__line">{say.link.connecting}</p>;
  if (link.state === 'lost')
    return (
      <p class="start__line" role="alert">
        <Cue of="offline" look="filled">
          {link.heardAt === undefined
            ? say.link.lostEmpty
            : say.link.lost(format.clock(link.heardAt))}
        </Cue>
      </p>
    );
  const ended = ['closed', 'declined', 'merged'];
  const tickets = [...live.tickets.value.values()].filter(({ state }) => !ended.includes(state));
  const alarms = [...live.alarms.value.values()].filter(({ clearedAt }) => clearedAt === undefined);
  const isCalm = tickets.length === 0 && alarms.length === 0;
  return (
    <p class="start__line" role="status">
      <Cue of={isCalm ? 'normal' : 'medium'} look={isCalm ? 'plain' : 'filled'}>
        {isCalm
          ? say.start.calm(live.assets.value.size)
          : say.start.trouble(tickets.length, alarms.length)}
      </Cue>
    </p>
  );
}

interface ScreensProps {
  readonly site: SiteView;
  readonly live: Live;
  readonly words: Words;
}

function Screens({ site, live, words: say }: ScreensProps) {
  const bins = [...live.assets.value.values()].filter((asset) => asset.kind === 'bin');
  return (
    <>
      <h2 class="start__section">{say.start.kiosks}</h2>
      {site.stations.length === 0 && (
        <Quiet what={say.start.noStations} next={say.start.noStationsNext} />
      )}
      <ul class="start__links">
        {site.stations.map((station) => {
          const own = bins.filter((bin) => bin.station === station.id);
          const full = own.filter((bin) => bin.state === 'full').length;
          return (
            <li key={station.id}>
              <a class="start__link" href={pathTo(`/kiosk/${encodeURIComponent(station.id)}`)}>
                <b>{station.name}</b>
                <span>{say.start.bins(full, own.length)}</span>
              </a>
            </li>
          );
        })}
        <WorkLinks words={say} />
      </ul>
    </>
  );
}

/** The pages that the role of whoever is here may read. */
function WorkLinks({ words: say }: { words: Words }) {
  const standing = signedIn.value;
  const { people } = say;
  const isFirst = standing.state === 'in' && standing.who.state === 'unclaimed';
  const links = [
    { to: '/engineer', name: say.start.engineer, note: say.start.engineerNote, roles: FOR_STAFF },
    { to: '/patrol', name: say.patrol.title, note: say.patrol.linkNote, roles: WALKS },
    { to: '/manager', name: say.review.title, note: say.review.note, roles: FOR_REVIEW },
    { to: '/manager/board', name: say.board.title, note: say.board.note, roles: FOR_BOARD },
    { to: '/labels', name: say.labels.title, note: say.labels.note, roles: FOR_LABELS },
    { to: '/people', name: people.list.title, note: people.list.note, roles: FOR_KEEPERS },
  ].filter(({ roles }) => !isClosedTo(standing, roles));
  // Where nobody has an account yet, the making of the first.
  const first = { to: '/signin', name: people.first.title, note: people.first.send };
  return (
    <>
      {[...links, ...(isFirst ? [first] : [])].map(({ to, name, note }) => (
        <li key={to}>
          <a class="start__link" href={pathTo(to)}>
            <b>{name}</b>
            <span>{note}</span>
          </a>
        </li>
      ))}
    </>
  );
}
