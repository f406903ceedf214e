// Letters by SMTP (RFC 5321): plain words and the same in a little HTML, for people who read them on a
// telephone. Each has a Message-ID made from the notice's key, so that a mail program that gets it twice
// shows it once, and says that no machine need answer it (RFC 3834, Auto-Submitted).
//
//   tell ─▶ connect (our look-up, judged address) ─▶ nodemailer: TLS, AUTH, MAIL, RCPT, DATA ─▶ 2xx told
//                                                                        4xx later, 5xx never ◀┘
// Promises: every phase ends within its time, and all of them together. Nothing that the server says
// goes further than its codes. Who has accepted a letter is not sent it again because another did not.
import { type Duration, seconds } from '../domain/time.ts';
import type { Notice } from '../domain/notice.ts';
import { cut, digestOf, type Sheet, asText, sheetOf } from './sheet.ts';
import { isMailAddress } from './mail-address.ts';
import { mailFailure, refusalWords } from './mail-failure.ts';
import { htmlOf } from './mail-html.ts';
import type { Notifier, Told } from './notifier.ts';
import { createPostbox, type Postbox, type PostboxPlace } from './postbox.ts';

export interface EmailPlace extends PostboxPlace {
  readonly id: string;
  readonly from: string;
  /** Whom a letter goes to that names nobody. */
  readonly to: readonly string[];
  readonly perMinute: number;
}

type EmailParts = Parameters<typeof createPostbox>[1];

/** Each letter is a connection of its own; servers bear few. */
const AT_ONCE = 2;
const MINUTE: Duration = seconds(60);
const MOST_BYTES = 16_000;
const MOST_SUBJECT_BYTES = 300;
/** Letters that some of their readers have and others have not. */
const MOST_HALF_TOLD = 500;

export function createEmail(place: EmailPlace, parts: EmailParts): Notifier {
  const postbox = createPostbox(place, parts);
  const halfTold = new Map<string, ReadonlySet<string>>();

  async function tell(notice: Notice): Promise<Told> {
    const sheet = sheetOf(notice);
    if (!sheet) return { kind: 'never', why: 'a mail channel is told letters only' };
    const all = readersOf(notice, place);
    if (all === undefined) return { kind: 'never', why: 'whom it is for is no mail address' };
    const have = halfTold.get(notice.key) ?? new Set<string>();
    halfTold.delete(notice.key);
    const missing = all.filter((reader) => !have.has(reader));
    const told = await hand(postbox, { ...letterOf(sheet, notice, place), to: missing });
    if (told.accepted.length > 0 && told.kind === 'try-later') {
      halfTold.set(notice.key, new Set([...have, ...told.accepted]));
      const [oldest] = halfTold.keys();
      if (halfTold.size > MOST_HALF_TOLD && oldest !== undefined) halfTold.delete(oldest);
    }
    const { accepted: _, ...outcome } = told;
    return outcome;
  }
  return {
    id: place.id,
    kind: 'email',
    limits: [{ most: place.perMinute, within: MINUTE }],
    atOnce: AT_ONCE,
    tell,
    close: () => postbox.close(),
  };
}

function readersOf({ news }: Notice, { to }: EmailPlace): readonly string[] | undefined {
  const named = news.kind === 'letter' ? news.to : undefined;
  if (named === undefined) return to;
  return isMailAddress(named) ? [named] : undefined;
}

function letterOf(sheet: Sheet, { key }: Notice, { from }: EmailPlace) {
  const subject = cut(sheet.title, MOST_SUBJECT_BYTES);
  return {
    from,
    subject,
    text: asText(sheet, MOST_BYTES),
    html: htmlOf({ ...sheet, lines: cut(sheet.lines.join('\n'), MOST_BYTES).split('\n') }),
    messageId: `<${digestOf(key).slice(0, 32)}@${from.slice(from.lastIndexOf('@') + 1)}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

type Handed = Told & { readonly accepted: readonly string[] };

async function hand(postbox: Postbox, letter: Parameters<Postbox['send']>[0]): Promise<Handed> {
  try {
    const { accepted, rejected } = await postbox.send(letter);
    const [first] = rejected.toSorted((a, b) => a.code - b.code); // those to be tried again first
    if (!first) return { kind: 'told', accepted };
    const kind = first.code < 500 ? 'try-later' : 'never';
    const others = accepted.length > 0 ? '; the others have it' : '';
    return { kind, why: `${first.address}: ${refusalWords(first.code)}${others}`, accepted };
  } catch (error) {
    return { ...mailFailure(error), accepted: [] };
  }
}
