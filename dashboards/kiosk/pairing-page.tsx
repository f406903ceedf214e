// What a wall shows before it belongs to a station: six digits to be read from across the room, and
// what to do with them. A screen that was let in already goes to its station at once.
import { useEffect } from 'preact/hooks';
import type { SessionView } from '../../gateway/api/schemas.ts';
import { ask, SESSION } from '../shared/gateway.ts';
import { language, pathTo, speak, words } from '../shared/language.ts';
import { themeOfOwner, wear } from '../shared/theme.ts';
import type { Words } from '../shared/words.ts';
import { grouped } from './pairing-code.ts';
import { usePairing, type PairingState } from './pairing.ts';

/** What the address says of the panel and the language is kept. */
const openStation = (station: string): void =>
  location.replace(`/kiosk/${encodeURIComponent(station)}${location.search}`);

async function goOnIfPaired(): Promise<void> {
  const outcome = await ask<SessionView>(SESSION);
  if (outcome.ok && outcome.value.state === 'display' && outcome.value.station !== undefined)
    openStation(outcome.value.station);
}

export function PairingPage() {
  const say = words.value.people.pairing;
  const pairing = usePairing(openStation);
  useEffect(() => {
    wear(themeOfOwner());
    void goOnIfPaired();
  }, []);
  useEffect(() => {
    document.title = say.title;
  }, [say]);
  return (
    <main class="pairing">
      <header class="pairing__head">
        <h1 class="pairing__title">{say.title}</h1>
        <button
          type="button"
          class="voice"
          onClick={() => speak(language.value === 'zh' ? 'en' : 'zh')}
        >
          {words.value.language.switchTo}
        </button>
      </header>
      <Code pairing={pairing} words={words.value} />
      <ol class="pairing__steps">
        {say.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p class="pairing__foot">
        <Address words={words.value} />
        <a class="pairing__link" href={pathTo('/signin')}>
          {say.signInHere}
        </a>
      </p>
    </main>
  );
}

function Code({ pairing, words: { people } }: { pairing: PairingState; words: Words }) {
  const say = people.pairing;
  const code = 'code' in pairing ? pairing.code : undefined;
  const line = {
    asking: say.asking,
    away: say.away,
    'too-many': say.tooMany,
    shown: say.code,
    paired: say.opening,
  }[pairing.state];
  return (
    <section class="pairing__panel" aria-live="polite" data-pairing={pairing.state}>
      <p class="pairing__line">{line}</p>
      <p class={pairing.state === 'away' ? 'pairing__code pairing__code--old' : 'pairing__code'}>
        {code === undefined ? '··· ···' : grouped(code)}
      </p>
    </section>
  );
}

const HERE_ONLY = ['localhost', '127.0.0.1', '[::1]'];

/** A phone cannot open what this screen calls itself by. */
function Address({ words: { people } }: { words: Words }) {
  if (HERE_ONLY.includes(location.hostname)) return null;
  return (
    <span>
      {people.pairing.address} <b>{location.origin}/people/displays</b>
    </span>
  );
}
