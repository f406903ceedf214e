// What must hold of the fold whatever is in the log: one alarm per condition, never before its time,
// one open ticket per fault, and the same again from the same log, however often it is interrupted.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isActive, type Alarm } from '../../gateway/domain/alarm.ts';
import type { DerivedEntry, Entry, LogRecord } from '../../gateway/domain/record.ts';
import { createStanding } from '../../gateway/domain/standing.ts';
import { isOpen } from '../../gateway/domain/ticket.ts';
import { instant, later, minutes } from '../../gateway/domain/time.ts';
import { createStep } from '../../gateway/flow/step.ts';
import type { Store } from '../../gateway/store/log.ts';
import { foldedSite, numbered, reading, started, tick, watchedBy } from '../fakes/folded-site.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { BIN_FULL, clock, RULES, SMALL_SITE } from '../fakes/small-site.ts';
import { anyLog } from './any-log.ts';

const RUNS = { numRuns: 200 };
const twice = (words: readonly string[]): string[] =>
  words.filter((word, index) => words.indexOf(word) !== index);
const holdOf = (rule: string): number => RULES.find(({ id }) => id === rule)!.holdFor;

describe('whatever is in the log', () => {
  it('no condition ever has two active alarms', () => {
    eachMoment(({ alarms }) => {
      expect(
        twice(
          alarms()
            .filter(isActive)
            .map(({ rule, asset }) => `${rule}:${asset}`),
        ),
      ).toEqual([]);
    });
  });

  it('no alarm is raised before its condition held for its time', () => {
    eachMoment(({ alarms, watch }) => {
      const early = alarms().filter(({ id, rule, asset, raisedAt }) => {
        // A flood is counted, not watched.
        const { phase, alarm, since } = watch(`${rule}:${asset}`) ?? { phase: 'quiet' };
        return phase === 'raised' && alarm === id && raisedAt - since! < holdOf(rule);
      });
      expect(early).toEqual([]);
    });
  });

  it('no fault has two open tickets that a rule opened', () => {
    eachMoment(({ tickets }) => {
      const open = tickets().filter(
        (ticket) =>
          isOpen(ticket) && ticket.alarms.length > 0 && ticket.raisedBy.startsWith('rule'),
      );
      expect(
        twice(
          open
            .filter(({ history }) => !history.some(({ action }) => action === 'reopen'))
            .map(({ category, asset }) => `${category}:${asset}`),
        ),
      ).toEqual([]);
    });
  });

  it('every raised watch has its active alarm, and every active alarm its raised watch', () => {
    eachMoment(({ alarms, standing }) => {
      const raised = [...standing.watches.all()].filter(([, { phase }]) => phase === 'raised');
      expect(new Set(raised.map(([, { alarm }]) => alarm))).toEqual(
        new Set(
          alarms()
            // What a flood is watched by are the alarms in it.
            .filter((alarm) => isActive(alarm) && alarm.rule !== 'flood')
            .map(({ id }) => id),
        ),
      );
    });
  });

  it('whoever is inhibited has somebody who explains it', () => {
    eachMoment(({ standing, phase }) => {
      const orphans = [...standing.watches.all()].filter(
        ([, watch]) =>
          watch.phase === 'inhibited' &&
          // Not a bigger alarm: people are at work there.
          ![watch.explainedBy, standing.watches.get(watch.explainedBy!)?.explainedBy].includes(
            'maintenance',
          ) &&
          !['holding', 'raised'].includes(phase(watch.explainedBy!)),
      );
      expect(orphans).toEqual([]);
    });
  });
});

type Site = ReturnType<typeof foldedSite>;

function eachMoment(check: (site: Site) => void): void {
  fc.assert(
    fc.property(anyLog, (entries) => {
      const site = foldedSite();
      for (const entry of entries) {
        site.fold(entry);
        check(site);
      }
    }),
    RUNS,
  );
}

interface Outcome {
  readonly derived: readonly DerivedEntry[];
  readonly alarms: readonly Alarm[];
  readonly tickets: readonly unknown[];
  readonly slices: Readonly<Record<string, unknown>>;
}

/** Folds a log, saving and starting over from the store before each record whose index is cut at. */
async function outcome(
  records: readonly LogRecord[],
  cuts: readonly number[] = [],
): Promise<Outcome> {
  const store = memoryStore();
  const derived: DerivedEntry[] = [];
  let standing = createStanding(await store.step.load());
  let step = createStep(SMALL_SITE, standing);
  for (const [index, record] of records.entries()) {
    if (cuts.includes(index)) {
      await store.step.save({ cursor: index, derived: [], ...standing.takeChanges() });
      standing = createStanding(await store.step.load());
      step = createStep(SMALL_SITE, standing);
    }
    derived.push(...step.fold(record));
  }
  await store.step.save({ cursor: records.length, derived: [], ...standing.takeChanges() });
  return { derived, ...(await booksOf(store)) };
}

async function booksOf({ step, books }: Store): Promise<Omit<Outcome, 'derived'>> {
  const { slices } = await step.load();
  return {
    alarms: await books.alarms('all', 1000),
    tickets: await books.tickets('all', 1000),
    slices: Object.fromEntries(slices.map(([key, json]) => [key, JSON.parse(json)])),
  };
}

describe('from the same log', () => {
  it('comes the same, twice', async () => {
    await fc.assert(
      fc.asyncProperty(anyLog, async (entries) => {
        const records = numbered(entries);
        expect(await outcome(records)).toEqual(await outcome(records));
      }),
      RUNS,
    );
  });

  it('comes the same where it is saved and loaded before any of its records', async () => {
    const cuts = fc.array(fc.nat({ max: 60 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(anyLog, cuts, async (entries, cuts) => {
        const records = numbered(entries);
        expect(await outcome(records, cuts)).toEqual(await outcome(records));
      }),
      RUNS,
    );
  });

  it('comes the same where it is saved and loaded before every one of its records', async () => {
    await fc.assert(
      fc.asyncProperty(anyLog, async (entries) => {
        const records = numbered(entries);
        expect(await outcome(records, [...records.keys()])).toEqual(await outcome(records));
      }),
      RUNS,
    );
  });

  it('comes the same where a crash is followed by a start, whatever had been saved by then', async () => {
    const cut = fc.nat({ max: 60 });
    await fc.assert(
      fc.asyncProperty(anyLog, cut, cut, async (entries, saved, crash) => {
        const at = later(entries[Math.min(crash, entries.length - 1)]!.receivedAt, minutes(3));
        const records = numbered(entries.toSpliced(crash, 0, started(at)));
        expect(await outcome(records, [Math.min(saved, crash)])).toEqual(await outcome(records));
      }),
      RUNS,
    );
  });
});

/** The rule in the words of its page, by walking through the readings. */
function fullSpells(
  entries: readonly Entry[],
): [raisedAt: number, clearedAt: number | undefined][] {
  const spells: [number, number | undefined][] = [];
  let since: number | undefined;
  let isUp = false;
  for (const entry of entries) {
    const at = entry.receivedAt;
    if (!isUp && since !== undefined && at >= since + BIN_FULL.holdFor) {
      spells.push([since + BIN_FULL.holdFor, undefined]);
      isUp = true;
    }
    if (entry.kind !== 'reading') continue;
    if (entry.value > BIN_FULL.limit) since ??= at;
    else since = undefined;
    if (isUp && entry.value <= BIN_FULL.clearAt) {
      spells.at(-1)![1] = at;
      isUp = false;
    }
  }
  return spells;
}

it('a bin is full when it was over its limit for ten minutes, until it is under its clear level', () => {
  const pauses = fc.constantFrom(1, 60_000, 300_000, 599_999, 600_000, 600_001);
  const values = fc.constantFrom(0.1, 0.7, 0.700001, 0.8, 0.9, 0.900001, 0.95, 'tick' as const);
  fc.assert(
    fc.property(fc.array(fc.tuple(pauses, values), { maxLength: 40 }), (steps) => {
      let at = clock('06:00');
      const entries = steps.map(([pause, value]) => {
        at = instant(at + pause);
        return value === 'tick'
          ? tick(at)
          : reading({ asset: 'k1-wet', quantity: 'fill', value, at });
      });
      const site = watchedBy(BIN_FULL);
      site.fold(...entries);
      expect(site.alarms().map(({ raisedAt, clearedAt }) => [raisedAt, clearedAt])).toEqual(
        fullSpells(entries),
      );
    }),
    { numRuns: 1000 },
  );
});

describe('what a record touches', () => {
  it('a derived value changes nothing: it was folded with the reading that it comes from', () => {
    const site = foldedSite();
    site.start(clock('10:00'));
    site.standing.takeChanges();
    site.fold({
      kind: 'derived',
      asset: 'k1-wet',
      quantity: 'fill',
      value: 0.99,
      observedAt: clock('10:01'),
      receivedAt: clock('10:01'),
      origin: 1,
    });
    expect(site.standing.takeChanges()).toMatchObject({ puts: [], alarms: [], tickets: [] });
  });

  it('a reading of an asset that the site no longer has is kept and derives nothing', () => {
    const site = foldedSite();
    expect(
      site.hear({ asset: 'gone', quantity: 'distance', value: 400, at: clock('10:00') }),
    ).toEqual([]);
    expect(site.standing.assets.get('gone')?.latest.distance?.value).toBe(400);
  });

  it('a derived value names the first record of its frame', () => {
    const site = foldedSite();
    const [, frame] = [
      tick(clock('10:00')),
      {
        ...reading({ asset: 'k1-wet', quantity: 'gross', value: 31.25, at: clock('10:00') }),
        part: 2,
      },
    ];
    site.fold(
      tick(clock('09:00')),
      tick(clock('09:01')),
      tick(clock('09:02')),
      tick(clock('09:03')),
    );
    expect(site.fold(frame)).toMatchObject([{ quantity: 'net', value: 17.05, origin: 3 }]);
  });

  it('a doubted value is shown only where nothing believed is known', () => {
    const site = foldedSite();
    const say = (value: number, doubt?: 'jump'): unknown => {
      site.hear({
        asset: 'k1-wet',
        quantity: 'gross',
        value,
        at: clock('10:00'),
        ...(doubt && { doubt }),
      });
      return site.standing.assets.get('k1-wet')?.latest.gross;
    };
    expect(say(900, 'jump')).toMatchObject({ value: 900, doubt: 'jump' });
    expect(say(31)).toMatchObject({ value: 31 });
    expect(say(900, 'jump')).toMatchObject({ value: 31 });
    expect(say(31)).not.toHaveProperty('doubt');
  });

  it('a device that speaks is there, whatever its last will said', () => {
    const site = foldedSite();
    const will = {
      kind: 'link',
      of: 'device',
      id: 'lamp-1',
      state: 'down',
      receivedAt: clock('10:00'),
    } as const;
    site.fold(will);
    expect(site.standing.devices.get('lamp-1')).toMatchObject({
      link: 'down',
      linkAt: clock('10:00'),
    });
    site.hear({ asset: 'lamp-1', quantity: 'power', value: 28, at: clock('10:01') });
    expect(site.standing.devices.get('lamp-1')).toMatchObject({
      link: 'up',
      heardAt: clock('10:01'),
    });
  });
});
