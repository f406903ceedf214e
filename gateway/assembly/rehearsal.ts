// The desk at which a rehearsal is asked for: reads the changed rules as the site file would, lets the
// log be folded under both, and says what came of it in JSON. One at a time: two would only be slower.
import type { Answer, Desk, RehearsalQuery } from '../api/desk.ts';
import type { RehearsalView } from '../api/schemas-rehearsal.ts';
import type { RuleSettings } from '../domain/rule.ts';
import type { Clock, Instant } from '../domain/time.ts';
import { rehearse } from '../flow/rehearsal/rehearsal.ts';
import type { StageSite } from '../flow/rehearsal/rehearsal-stage.ts';
import { spanAsked, type AskedSpan } from '../flow/rehearsal/rehearsal-span.ts';
import { rehearsalView } from '../flow/rehearsal/rehearsal-view.ts';
import { readRule, readRules, type RuleMistake } from '../site/changed-rules.ts';
import type { Site } from '../site/site.ts';
import type { Books, Log } from '../store/log.ts';

export interface RehearsalDeskParts {
  readonly site: Pick<Site, 'compound' | 'sources' | 'rules'>;
  /** The same as the fold knows it. */
  readonly folded: StageSite;
  readonly log: Pick<Log, 'readAfter' | 'head'>;
  readonly books: Pick<Books, 'alarms'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** A caller waits no longer; the command line waits as long as it takes. */
const LONGEST_MS = 60_000;
const MOST_RECORDS = 20_000_000;
/** Some hundred bytes each. */
const MOST_ALARMS = 100_000;

export function createRehearsalDesk(parts: RehearsalDeskParts): Desk['rehearse'] {
  const { site, clock } = parts;
  let isRunning = false;
  return async (query) => {
    const changed = changedRules(site, query);
    if (!('rules' in changed)) return changed;
    const span = spanAsked(query, site.compound.place);
    if (typeof span === 'string') return refusal('That span cannot be shown', span);
    if (isRunning) return BUSY;
    isRunning = true;
    try {
      const until = performance.now() + LONGEST_MS;
      const mayGoOn = (): boolean => !query.signal.aborted && performance.now() < until;
      const ask = { ...span, after: changed.rules, now: clock.now() };
      return { ok: true, value: await rehearsed(parts, ask, mayGoOn) };
    } finally {
      isRunning = false;
    }
  };
}

export interface RehearsedRules extends AskedSpan {
  readonly after: readonly RuleSettings[];
  /** Where a gateway runs: what fell due since the log's last word has come. */
  readonly now?: Instant;
}

/** More than a compound has alarms in the time that readings are kept. */
const ALARMS_LOOKED_AT = 5000;

export async function rehearsed(
  { site, folded, log, books }: Omit<RehearsalDeskParts, 'clock'>,
  ask: RehearsedRules,
  mayGoOn: () => boolean,
): Promise<RehearsalView> {
  const rules = { before: site.rules, after: ask.after };
  const result = await rehearse(
    { ...ask, ...rules, site: folded },
    { log, mayGoOn, mostRecords: MOST_RECORDS, mostAlarms: MOST_ALARMS },
  );
  const real = await books.alarms('all', ALARMS_LOOKED_AT);
  return rehearsalView(result, { ...rules, real, isRealCut: real.length === ALARMS_LOOKED_AT });
}

const BUSY: Answer<never> = {
  ok: false,
  status: 503,
  title: 'Another rehearsal runs',
  detail: 'One rehearsal at a time; ask again when it is done.',
};

const refusal = (title: string, detail: string): Answer<never> & { readonly ok: false } => ({
  ok: false,
  status: 422,
  title,
  detail,
});

function changedRules(
  site: RehearsalDeskParts['site'],
  { rules, rule }: RehearsalQuery,
): { readonly rules: readonly RuleSettings[] } | (Answer<never> & { readonly ok: false }) {
  if ((rules === undefined) === (rule === undefined))
    return refusal('What is to be tried?', 'give either `rules`, all of them, or one `rule`');
  const read = rules === undefined ? readRule(site, rule) : readRules(site, rules);
  if (read.rules) return { rules: read.rules };
  return mistaken(read.mistakes, rules === undefined ? ['rule'] : ['rules']);
}

/** `body.rules.2.holdFor`; of one rule `body.rule.holdFor`. */
function mistaken(
  mistakes: readonly RuleMistake[],
  [key]: readonly ['rule' | 'rules'],
): Answer<never> & { readonly ok: false } {
  const errors = mistakes.map(({ at, what }) => ({
    path: ['body', key, ...(key === 'rule' ? at.slice(1) : at)].join('.'),
    message: what,
  }));
  const detail = errors.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return { ...refusal('The rules have mistakes', detail), errors };
}
