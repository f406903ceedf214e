// The desk of rehearsals over a whole store: its answer in JSON, one at a time, and nothing changed.
import { describe, expect, it } from 'vitest';
import type { RehearsalQuery } from '../../gateway/api/desk.ts';
import type { RehearsalView } from '../../gateway/api/schemas.ts';
import { createRehearsalDesk } from '../../gateway/assembly/rehearsal.ts';
import type { Entry } from '../../gateway/domain/record.ts';
import { createStanding } from '../../gateway/domain/standing.ts';
import { createFold } from '../../gateway/flow/fold.ts';
import { createStep } from '../../gateway/flow/step.ts';
import type { Store } from '../../gateway/store/log.ts';
import { reading, started, tick } from '../fakes/folded-site.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { BIN_FULL, clock, LEAK, SMALL_SITE } from '../fakes/small-site.ts';

const RULES = [BIN_FULL, LEAK];
const SITE = {
  compound: SMALL_SITE.compound,
  sources: SMALL_SITE.sources.map((id) => ({ id, kind: 'http' as const })),
  rules: RULES,
};
const PATIENT = {
  id: 'bin-full',
  on: 'bin',
  quantity: 'fill',
  above: 0.9,
  clearBelow: 0.7,
  holdFor: '30m',
  severity: 'medium',
  ticket: { category: 'bin-full', team: 'cleaners' },
};
const fillAt = (time: string, value: number): Entry =>
  reading({ asset: 'k1-wet', quantity: 'fill', value, at: clock(time) });
const LOG: readonly Entry[] = [
  started(clock('09:00')),
  fillAt('10:00', 0.95),
  fillAt('10:15', 0.5),
  fillAt('11:00', 0.95),
  fillAt('11:40', 0.5),
  tick(clock('11:41')),
];

/** A store in which the gateway itself has folded the log, its standing, and a desk beside them. */
async function opened() {
  const store = memoryStore();
  const standing = createStanding({ slices: [], alarms: [], tickets: [] });
  const hand = handClock('2026-11-02T04:00:00Z');
  const fold = createFold({
    log: store.log,
    store: store.step,
    clock: hand,
    standing,
    step: createStep({ ...SMALL_SITE, rules: RULES }, standing),
    from: 0,
    onChange: () => undefined,
    onFault: (fault) => {
      throw fault as Error;
    },
  });
  fold.start();
  await store.log.append(LOG);
  await fold.stop();
  const desk = createRehearsalDesk({
    site: SITE,
    folded: SMALL_SITE,
    log: store.log,
    books: store.books,
    clock: hand,
  });
  const ask = (query: Omit<RehearsalQuery, 'signal'>, signal = new AbortController().signal) =>
    desk({ ...query, signal });
  return { store, standing, ask };
}

const grantedView = (
  answer: Awaited<ReturnType<ReturnType<typeof createRehearsalDesk>>>,
): RehearsalView => {
  if (!answer.ok) throw new Error(answer.detail);
  return answer.value;
};

const everything = async (store: Store): Promise<string> =>
  JSON.stringify([
    await store.log.readAfter(0, 10_000),
    await store.step.load(),
    await store.books.alarms('all', 100),
    await store.books.tickets('all', 100),
    store.health().commits,
  ]);

describe('the desk of rehearsals', () => {
  it('sets a changed rule beside the present one and beside what really was', async () => {
    const { ask } = await opened();
    const view = grantedView(await ask({ rule: PATIENT }));
    expect(view.rules).toEqual([
      {
        rule: 'bin-full',
        change: 'changed',
        before: { alarms: 2, tickets: 2 },
        after: { alarms: 1, tickets: 1 },
        real: 2,
      },
      {
        rule: 'leak',
        change: 'same',
        before: { alarms: 0, tickets: 0 },
        after: { alarms: 0, tickets: 0 },
        real: 0,
      },
    ]);
    expect(view.compared.map(({ fate }) => fate)).toEqual(['only-before', 'later']);
    expect(view.compared[1]).toMatchObject({
      raisedAt: '2026-11-02T03:30:00.000Z',
      wasRaisedAt: '2026-11-02T03:10:00.000Z',
      clearedAt: '2026-11-02T03:40:00.000Z',
    });
    expect(view.real.alarms).toEqual(view.before.alarms);
    expect(view.covers.days).toEqual([{ day: '2026-11-02', readings: 4, complete: false }]);
    expect(view.notes.join(' ')).toContain('not repeated');
  });

  it('a rule in other words that mean the same is the same', async () => {
    const { ask } = await opened();
    const same = { ...PATIENT, holdFor: '600s' };
    expect(grantedView(await ask({ rule: same })).rules[0]?.change).toBe('same');
  });

  it('changes nothing: no record, no book, no standing, no commit', async () => {
    const { store, standing, ask } = await opened();
    const before = await everything(store);
    standing.takeTouched();
    grantedView(await ask({ rules: [PATIENT] }));
    expect(await everything(store)).toBe(before);
    expect(standing.takeTouched()).toEqual([]);
    expect(standing.takeChanges()).toMatchObject({ puts: [], alarms: [], tickets: [] });
  });

  it('one runs at a time, and the next when it is done', async () => {
    const { ask } = await opened();
    const first = ask({ rule: PATIENT });
    expect(await ask({ rule: PATIENT })).toMatchObject({ ok: false, status: 503 });
    expect((await first).ok).toBe(true);
    expect((await ask({ rule: PATIENT })).ok).toBe(true);
  });

  it('ends when nobody waits for it any more', async () => {
    const { ask } = await opened();
    const view = grantedView(await ask({ rule: PATIENT }, AbortSignal.abort()));
    expect(view).toMatchObject({ truncated: 'time', records: 0 });
  });

  it.each([
    ['neither rules nor a rule', {}, 'either `rules`'],
    ['both', { rules: [], rule: PATIENT }, 'either `rules`'],
    ['a day that is none', { rule: PATIENT, from: '2026-02-30' }, 'is no date'],
    ['a moment without its zone', { rule: PATIENT, from: '2026-11-02T10:00:00' }, 'is no date'],
    [
      'an end before its beginning',
      { rule: PATIENT, from: '2026-11-03', to: '2026-11-02' },
      'lies after',
    ],
  ])('%s is refused', async (_, query, words) => {
    const { ask } = await opened();
    expect(await ask(query)).toMatchObject({
      ok: false,
      status: 422,
      detail: expect.stringContaining(words),
    });
  });

  it('every mistake of the rules is told by its path', async () => {
    const { ask } = await opened();
    const wrong = { ...PATIENT, above: 90, ticket: { category: 'bin-full', team: 'cleaner' } };
    const paths = async (query: Omit<RehearsalQuery, 'signal'>): Promise<string[] | undefined> => {
      const answer = await ask(query);
      return answer.ok ? undefined : answer.errors?.map(({ path }) => path).toSorted();
    };
    expect(await paths({ rules: [PATIENT, { ...wrong, id: 'x' }] })).toEqual(
      ['body.rules.1.above', 'body.rules.1.clearBelow', 'body.rules.1.ticket.team'].filter(
        (path) => !path.endsWith('clearBelow'),
      ),
    );
    expect(await paths({ rule: wrong })).toEqual(['body.rule.above', 'body.rule.ticket.team']);
  });
});
