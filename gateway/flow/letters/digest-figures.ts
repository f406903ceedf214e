// The figures of a digest, read from the books: what was weighed against last year's comparable days,
// the work of each team, the alarms, and what was lost on the way.
import type { Desk } from '../../api/desk.ts';
import type { LedgerRowView } from '../../api/schemas.ts';
import { SEVERITIES, type Alarm, type Severity } from '../../domain/alarm.ts';
import { keptBagCount } from '../../domain/bag-count.ts';
import type { LocalDay, SiteDays } from '../../domain/day.ts';
import { isOpen, type Team, type Ticket } from '../../domain/ticket.ts';
import type { Instant } from '../../domain/time.ts';
import type { Books } from '../../store/log.ts';
import type { DigestFigures, StreamFigure, TeamFigure } from './digest-text.ts';

export interface DigestBooks {
  readonly books: Pick<Books, 'alarms' | 'tickets' | 'happenings'>;
  readonly ledger: Desk['ledger'];
  readonly intakeDays: Desk['intakeDays'];
  readonly days: SiteDays;
}

/** A week of a big compound in a bad month. */
const MOST = 5000;

export async function digestFigures(
  { books, ledger, intakeDays, days }: DigestBooks,
  { from, to }: { readonly from: LocalDay; readonly to: LocalDay },
  now: Instant,
): Promise<DigestFigures> {
  const span = { start: days.span(from).start, end: days.span(to).end };
  const [rows, intake, alarms, tickets, bags] = await Promise.all([
    ledger({ from, to, by: 'day', compare: 'last-year' }),
    intakeDays({ from, to }),
    books.alarms('all', MOST),
    books.tickets('all', MOST),
    books.happenings({ kind: 'bag-count', from: span.start, to: span.end, limit: MOST }),
  ]);
  const figures = rows.ok ? rows.value.rows : [];
  const [wet, dry] = [streamOf(figures, 'wet'), streamOf(figures, 'dry')];
  const counted = bags.map(keptBagCount);
  return {
    ...(wet && { wet }),
    ...(dry && { dry }),
    teams: teamsOf(tickets, span, now),
    alarms: alarmsOf(alarms, span),
    lost: intake.ok ? intake.value.reduce((sum, { lostInAll }) => sum + lostInAll, 0) : 0,
    ...(counted.length > 0 && { bags: counted.reduce((sum, one) => sum + one.bags, 0) }),
  };
}

interface Span {
  readonly start: Instant;
  readonly end: Instant;
}

const isIn = ({ start, end }: Span, moment: Instant): boolean => moment >= start && moment < end;

/** What residents brought, and what the crew took only where nobody weighed that. */
function streamOf(rows: readonly LedgerRowView[], stream: string): StreamFigure | undefined {
  const all = rows.filter((row) => row.stream === stream && row.kg !== undefined);
  const deposited = all.filter(({ basis }) => basis === 'deposited');
  const counted = deposited.length > 0 ? deposited : all;
  if (counted.length === 0) return undefined;
  // The same figure of last year stands on every row of its day and station.
  const before = new Map(
    counted.flatMap(({ period, station, lastYear }) =>
      lastYear ? [[`${period}/${station}`, lastYear.kg] as const] : [],
    ),
  );
  const sum = (numbers: Iterable<number>): number => [...numbers].reduce((a, b) => a + b, 0);
  return {
    kg: sum(counted.map(({ kg = 0 }) => kg)),
    completeness: sum(counted.map(({ completeness }) => completeness)) / counted.length,
    ...(before.size > 0 && { lastYearKg: sum(before.values()) }),
  };
}

function teamsOf(
  tickets: readonly Ticket[],
  span: Span,
  now: Instant,
): Partial<Record<Team, TeamFigure>> {
  const teams: Partial<Record<Team, TeamFigure>> = {};
  for (const [team, own] of Map.groupBy(tickets, (ticket) => ticket.team)) {
    const figure = {
      opened: own.filter(({ raisedAt }) => isIn(span, raisedAt)).length,
      closed: own.filter((ticket) => closedIn(ticket, span)).length,
      overdue: own.filter((one) => isOpen(one) && one.dueAt !== undefined && one.dueAt <= now)
        .length,
    };
    if (figure.opened + figure.closed + figure.overdue > 0) teams[team] = figure;
  }
  return teams;
}

const closedIn = ({ state, history }: Ticket, span: Span): boolean =>
  state === 'closed' && isIn(span, history.at(-1)?.at ?? span.end);

const alarmsOf = (alarms: readonly Alarm[], span: Span): Record<Severity, number> =>
  Object.fromEntries(
    SEVERITIES.map((word) => [
      word,
      alarms.filter(({ severity, raisedAt }) => severity === word && isIn(span, raisedAt)).length,
    ]),
  ) as Record<Severity, number>;
