// What residents do, who have no account: by the secret that they hold, which the desk has looked at.
// Checked against how their ticket stands; the same thing twice, in a double tap, is answered twice
// and done once.
import type { Answer } from '../../api/desk.ts';
import {
  LONGEST_WORDS,
  MOST_ADDITIONS,
  reporterOf,
  reportIdOf,
  ticketOf,
  type Report,
} from '../../domain/report.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { accept, refuse, writeCommand, type CommandParts, type Refusal } from '../command.ts';
import type { Telling } from './report-fold.ts';
import { mayAdd, mayHaveReopened, mayRate } from './report-rights.ts';

export interface TellAsk {
  readonly telling: Telling;
  readonly key?: string;
}

export async function raiseReport(
  parts: CommandParts,
  { telling, key }: TellAsk,
): Promise<Answer<Report>> {
  const refusal = wordsRefusal(telling.words, 1) ?? repeatRefusal(parts, key);
  if (refusal) return refusal;
  const id = reportIdOf(telling.secretDigest);
  await writeCommand(parts, {
    on: 'report',
    id,
    action: 'raise',
    actor: { by: reporterOf({ id }), role: 'resident' },
    body: { ...telling },
    ...(key !== undefined && { key }),
  });
  const report = parts.standing.reports.get(id);
  return report ? accept(report) : refuse(409, 'Not taken', 'the report was not taken; look again');
}

/** Its secret was told to whoever sent it the first time, and nobody knows it any more. */
function repeatRefusal({ standing }: CommandParts, key: string | undefined): Refusal | undefined {
  if (key === undefined) return undefined;
  for (const [, report] of standing.reports.all()) {
    if (report.key !== key) continue;
    return refuse(409, 'Taken already', `this was taken before, as ${ticketOf(report)}`);
  }
  return undefined;
}

export interface Words {
  readonly words: string;
  /** Ids of the shelf. */
  readonly photos: readonly string[];
}

export async function addToReport(
  parts: CommandParts,
  id: string,
  body: Words,
): Promise<Answer<Report>> {
  const found = inMind(parts, id);
  if (!found.ok) return found;
  const { report, ticket } = found.value;
  if (isSameAgain(report, body)) return accept(report);
  const refusal = wordsRefusal(body.words, body.photos.length > 0 ? 0 : 1);
  if (refusal) return refusal;
  if (!mayAdd(report, ticket))
    return refuse(
      422,
      'Nothing can be added',
      `it has ended, or ${MOST_ADDITIONS} additions are there`,
    );
  return write(parts, report, { action: 'add', body: { ...body } });
}

/** Photos have another name each time they are sent. */
function isSameAgain({ additions }: Report, { words, photos }: Words): boolean {
  const last = additions.at(-1);
  return last?.words === words && words !== '' && last.photos.length === photos.length;
}

export interface Rating {
  readonly stars: number;
  readonly note?: string;
  readonly reopen?: boolean;
}

export async function rateReport(
  parts: CommandParts,
  id: string,
  rating: Rating,
): Promise<Answer<Report>> {
  const { stars, note = '', reopen = false } = rating;
  if (!Number.isInteger(stars) || stars < 1 || stars > 5)
    return refuse(422, 'How many stars?', 'one to five');
  const refusal = wordsRefusal(note, reopen ? 1 : 0);
  if (refusal) return refusal;
  const found = inMind(parts, id);
  if (!found.ok) return found;
  const { report, ticket } = found.value;
  const body = { stars, ...(note !== '' && { note }), ...(reopen && { reopen }) };
  if (reopen) {
    return mayHaveReopened(report, ticket, parts.clock.now())
      ? write(parts, report, { action: 'rate', body })
      : refuse(422, 'Not now', 'it is not done, ended over a day ago, or was opened again before');
  }
  if (report.stars === stars) return accept(report);
  return mayRate(report, ticket)
    ? write(parts, report, { action: 'rate', body })
    : refuse(422, 'Not now', 'it is rated once, after it was looked back on');
}

function inMind(
  { standing }: CommandParts,
  id: string,
): Answer<{ readonly report: Report; readonly ticket: Ticket }> {
  const report = standing.reports.get(id);
  const ticket = report && standing.tickets.get(ticketOf(report));
  return report && ticket
    ? accept({ report, ticket })
    : refuse(422, 'It is over', 'it ended some days ago; report it anew');
}

async function write(
  parts: CommandParts,
  report: Report,
  what: { readonly action: 'add' | 'rate'; readonly body: Readonly<Record<string, unknown>> },
): Promise<Answer<Report>> {
  const actor = { by: reporterOf(report), role: 'resident' };
  await writeCommand(parts, { on: 'report', id: report.id, actor, ...what });
  const after = parts.standing.reports.get(report.id);
  return after && after !== report
    ? accept(after)
    : refuse(409, 'Changed meanwhile', 'its ticket changed meanwhile; look again');
}

function wordsRefusal(words: string, least: 0 | 1): Refusal | undefined {
  if (words.trim().length < least) return refuse(422, 'In a few words', 'say what is wrong');
  return words.length > LONGEST_WORDS
    ? refuse(422, 'Too many words', `${LONGEST_WORDS} letters at most`)
    : undefined;
}
