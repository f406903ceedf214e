// Where we are, what time it is, and whether residents may drop off now. The dot beside the clock
// ticks with every second: a screen that froze is seen at once.
import { siteTimeIn } from '../shared/site-time.ts';
import type { SiteView } from '../../gateway/api/schemas.ts';
import { todaysWindows } from './drop-off.ts';
import { VOICES, type Speech, type Voice } from './voice.ts';

interface TopStripProps {
  readonly site: SiteView;
  readonly station: SiteView['stations'][number];
  readonly now: number;
  readonly speech: Speech;
  readonly voice: Voice;
  readonly onVoice: (voice: Voice) => void;
}

export function TopStrip({ site, station, now, speech, voice, onVoice }: TopStripProps) {
  const local = siteTimeIn(site.zone).at(now);
  const beat = Math.floor(now / 1000) % 2 === 0;
  return (
    <header class="top">
      <div class="top__place">
        <h1 class="top__station">{station.name}</h1>
        <p class="top__site">{site.name}</p>
      </div>
      <Windows
        windows={todaysWindows(station.windows, local)}
        any={station.windows.length > 0}
        speech={speech}
      />
      <div class="top__voices" role="group" aria-label={speech.words.kiosk.languages}>
        {VOICES.map((choice) => (
          <button
            key={choice}
            type="button"
            class="voice"
            aria-pressed={choice === voice}
            onClick={() => onVoice(choice)}
          >
            {choice === 'both' ? speech.words.kiosk.both : choice === 'zh' ? '中文' : 'EN'}
          </button>
        ))}
      </div>
      <p class="top__clock">
        <time>{local.clock}</time>
        <span class={beat ? 'pulse pulse--on' : 'pulse'} aria-hidden="true" />
      </p>
    </header>
  );
}

interface WindowsProps {
  readonly windows: ReturnType<typeof todaysWindows>;
  readonly any: boolean;
  readonly speech: Speech;
}

function Windows({ windows, any, speech: { words, subtitle } }: WindowsProps) {
  const open = !any || windows.some((window) => window.isOpen);
  const state = open ? 'open' : 'shut';
  return (
    <div class={`windows windows--${state}`}>
      <p class="windows__state">
        {words.kiosk[state]}
        {subtitle && <span class="subtitle">{subtitle.kiosk[state]}</span>}
      </p>
      <p class="windows__times">
        {windows.map(({ from, to, isOpen }) => (
          <span key={from} class={isOpen ? 'window window--open' : 'window'}>
            {from}–{to}
          </span>
        ))}
        {windows.length === 0 && (any ? words.kiosk.noWindow : words.kiosk.allDay)}
      </p>
    </div>
  );
}
