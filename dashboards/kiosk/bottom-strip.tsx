// The one most important sentence, and under it how far this screen may be believed. Three ways
// of being cut off have three sentences: the screen from the gateway (here, over everything), the
// gateway from the world (a small cloud), a sensor from the gateway (on its own tile).
import type { BoardLine as Entry, SiteView } from '../../gateway/api/schemas.ts';
import { BoardLine } from '../shared/board-line.tsx';
import { Cue } from '../shared/cue.tsx';
import type { Format } from '../shared/format.ts';
import type { Link } from '../shared/live.ts';
import { whenFull } from '../shared/when-full.ts';
import type { Words } from '../shared/words.ts';
import { nameOf, type BinFace } from './bin-face.ts';
import type { Turn } from './on-the-board.ts';
import type { Speech } from './voice.ts';
import type { Advice } from './what-first.ts';

interface BottomStripProps {
  readonly advice: Advice;
  /** By the gateway's clock. */
  readonly now: number;
  readonly hidden: number;
  readonly link: Link;
  readonly site: Pick<SiteView, 'influx' | 'contact'>;
  /** What is on the notice board, whose turn it is. */
  readonly notice: Turn<Entry> | undefined;
  /** Whether there is a code to report by; else who wants to is told how. */
  readonly code: 'shown' | 'none';
  readonly format: Format;
  readonly speech: Speech;
}

export function BottomStrip(props: BottomStripProps) {
  const { advice, now, hidden, link, site, notice, code, format, speech } = props;
  return (
    <footer class="bottom">
      <div class={`advice advice--${advice.kind}`} role="status">
        <Sentence advice={advice} now={now} format={format} words={speech.words} />
        {speech.subtitle && (
          <span class="subtitle">
            <Sentence advice={advice} now={now} format={format} words={speech.subtitle} />
          </span>
        )}
      </div>
      {hidden > 0 && <p class="bottom__rest">{speech.words.kiosk.rest(hidden)}</p>}
      {site.influx === 'down' && (
        <p class="bottom__copy">
          <span aria-hidden="true">☁ </span>
          {speech.words.link.copyDown}
        </p>
      )}
      {code === 'none' && <NoCode phone={site.contact?.phone} words={speech.words} />}
      {notice && <Notice notice={notice} words={speech.words} />}
      <LinkSentence link={link} format={format} speech={speech} />
    </footer>
  );
}

/** Under the one most important sentence, and smaller. */
function Notice({ notice, words }: { notice: Turn<Entry>; words: Words }) {
  const { entry, place, of } = notice;
  return (
    <p class="bottom__board">
      <BoardLine entry={entry} words={words} />
      {of > 1 && (
        <span class="bottom__count">
          {place}/{of}
        </span>
      )}
    </p>
  );
}

function NoCode({ phone, words }: { phone: string | undefined; words: Words }) {
  return (
    <p class="bottom__code">{phone === undefined ? words.board.noCode : words.board.call(phone)}</p>
  );
}

interface SentenceProps {
  readonly advice: Advice;
  readonly now: number;
  readonly format: Format;
  readonly words: Words;
}

function Sentence({ advice, now, format, words }: SentenceProps) {
  switch (advice.kind) {
    case 'change': {
      const [first, ...then] = advice.bins.map((bin) => nameOf(bin, words));
      return (
        <span class="advice__line">
          <span class="advice__first">{words.kiosk.changeFirst(first ?? '')}</span>
          {then.length > 0 && (
            <span class="advice__then">
              {words.kiosk.changeThen(then.slice(0, 2).join(words.people.separator))}
            </span>
          )}
        </span>
      );
    }
    case 'missed':
      return (
        <span class="advice__line">
          {words.onSite.missedSoon(nameOf(advice.bin, words), format.moment(advice.by, now))}
        </span>
      );
    case 'soon':
      return <Soon bin={advice.bin} now={now} format={format} words={words} />;
    case 'look': {
      const { bin } = advice;
      const say = bin.state === 'fault' ? words.kiosk.lookAtFault : words.kiosk.lookAt;
      return (
        <Cue of={bin.state} look="plain">
          {say(nameOf(bin, words))}
        </Cue>
      );
    }
    case 'calm':
      return <span class="advice__line">{words.kiosk.calm}</span>;
    case 'no-bins':
      return <span class="advice__line">{words.kiosk.noBins}</span>;
  }
}

function Soon({ bin, now, format, words }: Omit<SentenceProps, 'advice'> & { bin: BinFace }) {
  const value = bin.fill ? format.value('fill', bin.fill.value) : words.state['near-full'];
  const when = whenFull(bin.forecast, { words, format, now });
  const name = nameOf(bin, words);
  const sentence =
    when === undefined ? words.kiosk.soon(name, value) : words.onSite.next(name, when);
  if (bin.state === 'normal') return <span class="advice__line">{sentence}</span>;
  return (
    <Cue of="near-full" look="plain">
      {sentence}
    </Cue>
  );
}

function LinkSentence({
  link,
  format,
  speech,
}: Pick<BottomStripProps, 'link' | 'format' | 'speech'>) {
  if (link.state === 'live') return null;
  const say = (words: Words): string => {
    if (link.heardAt === undefined && link.state === 'lost') return words.link.lostEmpty;
    if (link.state === 'connecting') return words.link.connecting;
    return words.link.lost(format.clock(link.heardAt ?? 0));
  };
  return (
    <p class="cut-off" role="alert">
      <Cue of="offline" look="plain">
        {say(speech.words)}
      </Cue>
      {speech.subtitle && <span class="subtitle">{say(speech.subtitle)}</span>}
    </p>
  );
}
