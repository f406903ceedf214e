// The review on one page, top down: how much today, against last year, what is missing, who is in
// time. The only view of this page that reads the live store; the ledger is asked for, by period.
import { useEffect, useState } from 'preact/hooks';
import type { TicketView } from '../../gateway/api/schemas.ts';
import { daysFrom } from '../shared/calendar.ts';
import type { Live } from '../shared/live.ts';
import { isClosedTo, NotForYou } from '../shared/not-for-you.tsx';
import { PageHead } from '../shared/page-head.tsx';
import { Failure, Quiet } from '../shared/quiet.tsx';
import { signedIn } from '../shared/session.ts';
import { FOR_KEEPERS, FOR_REVIEW } from '../shared/staff.ts';
import { useAsked } from '../shared/use-asked.ts';
import { goTo, search } from './address.ts';
import { Coverage } from './coverage.tsx';
import { DayPanel, DayTable } from './day-tables.tsx';
import { KpiRow, type Review } from './kpi-row.tsx';
import { ListTabs } from './list-frame.tsx';
import { PeriodPicker, periodName } from './period-picker.tsx';
import { periodIn, type Period } from './period.ts';
import { PrintFoot, PrintHead } from './print-parts.tsx';
import { Estimated, RemarkableDays } from './remarkable.tsx';
import { sightOf, type Sight } from './sight.ts';
import { TonnageCharts } from './tonnage-chart.tsx';
import { foldDays } from './tonnage.ts';
import { ledgerPath, useLedger, type LedgerAnswer } from './use-ledger.ts';
import { WorkReview } from './work-table.tsx';

const ASK_AGAIN_MS = 60_000;

export function ReviewPage({ live }: { live: Live }) {
  const sight = sightOf(live);
  const { words, today } = sight;
  const site = live.site.value;
  const link = live.link.value;
  const standing = signedIn.value;
  const isClosed = isClosedTo(standing, FOR_REVIEW);
  useEffect(() => {
    document.title = `${words.review.title}${site ? ` · ${site.name}` : ''}`;
  }, [words, site]);
  // Before the gateway has said where it is, nobody knows what day it is there.
  const period = site && periodIn(search.value, today);
  return (
    <>
      <PageHead live={live} words={words}>
        <h1 class="head__site">
          {words.review.title}
          {site && <span class="head__place"> · {site.name}</span>}
        </h1>
        <ListTabs tab="review" words={words} />
      </PageHead>
      {isClosed && <NotForYou standing={standing} roles={FOR_REVIEW} words={words} />}
      {!isClosed && !period && link.state !== 'lost' && <Quiet what={words.loading} />}
      {!isClosed && period && (
        <main class={link.state === 'lost' ? 'review review--old' : 'review'}>
          <PrintHead site={site.name} period={periodName(period, '', words)} sight={sight} />
          <PeriodPicker period={period} today={today} words={words} onPeriod={goTo} />
          <PeriodReview live={live} period={period} sight={sight} />
          <PrintFoot sight={sight} />
        </main>
      )}
    </>
  );
}

interface PeriodReviewProps {
  readonly live: Live;
  readonly period: Period;
  readonly sight: Sight;
}

function PeriodReview({ live, period, sight }: PeriodReviewProps) {
  const { words, now } = sight;
  const [retries, setRetries] = useState(0);
  const round = Math.floor(now / ASK_AGAIN_MS) + retries;
  const { answer, failure, isAnswered } = useLedger(period, round);
  const tickets = useAsked<TicketView[]>('/api/v1/tickets?state=all', round);
  const isLost = live.link.value.state === 'lost';
  const keepers = isClosedTo(signedIn.value, FOR_KEEPERS) ? 'no' : 'yes';
  // A gateway that is away fails every question: what it last said stays, and the banner says so.
  if (failure && !(isLost && isAnswered))
    return (
      <Failure
        words={words}
        title={failure.title}
        detail={failure.detail}
        retry={() => setRetries(retries + 1)}
      />
    );
  if (!answer) return <Quiet what={words.loading} />;
  return (
    <div class={isAnswered ? 'answer' : 'answer answer--old'} aria-busy={!isAnswered}>
      {isLost && <p class="review__stale">{words.review.stale}</p>}
      {answer.rows.length === 0 ? (
        <Quiet what={words.review.empty} next={words.review.emptyNext} />
      ) : (
        <Tonnage answer={answer} sight={sight} />
      )}
      <Sheets period={period} sight={sight} />
      {tickets && !tickets.ok && !isLost && (
        <Failure words={words} title={tickets.title} detail={tickets.detail} />
      )}
      {tickets?.ok && <WorkReview tickets={tickets.value} period={period} sight={sight} />}
      <Coverage round={round} keepers={keepers} sight={sight} />
    </div>
  );
}

function Tonnage({ answer, sight }: { answer: LedgerAnswer; sight: Sight }) {
  const { today } = sight;
  const { period, shown, rows } = answer;
  const [wanted, setWanted] = useState<string>();
  const all = foldDays(rows, daysFrom(shown.from, shown.to));
  const review: Review = { period, shown: all, days: all.filter(({ day }) => day >= period.from) };
  const last = period.to < today ? period.to : today;
  const find = (day: string | undefined) => all.find((one) => one.day === day);
  const chosen = find(wanted) ?? find(last);
  const stepTo = (day: string) => (day <= today && find(day) ? () => setWanted(day) : undefined);
  return (
    <>
      <KpiRow review={review} sight={sight} />
      <div class="review__columns">
        <TonnageCharts review={review} sight={sight} chosen={chosen?.day} />
        {chosen && <DayPanel day={chosen} sight={sight} goTo={stepTo} />}
      </div>
      <RemarkableDays days={review.shown} sight={sight} />
      <DayTable days={review.shown} sight={sight} />
      <Estimated days={review.days} sight={sight} />
    </>
  );
}

/** Sheets carry the period that is looked at. */
function Sheets({ period, sight: { words } }: { period: Period; sight: Sight }) {
  const { sheets } = words.review;
  return (
    <p class="sheets">
      <a class="button sheets__link" href={ledgerPath(period, '.csv')} download>
        {sheets.csv}
      </a>
      <a class="button sheets__link" href={ledgerPath(period, '.xlsx')} download>
        {sheets.xlsx}
      </a>
      <button type="button" class="button" onClick={() => print()}>
        {sheets.print}
      </button>
    </p>
  );
}
