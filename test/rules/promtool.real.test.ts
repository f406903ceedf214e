// Prometheus as an oracle: `for` is our hold, `keep_firing_for` our off-delay. Debian's promtool runs a
// thousand random series through its own engine, and must say of each moment what ours says.
//
// What Prometheus 2.42 does at the edges (rules/alerting.go), and ours as well: the span begins with the
// first evaluation that finds the condition; it is over when an evaluation comes at or after its end, the
// very instant counts; one evaluation without the condition breaks a hold, one with it an off-delay.
// It differs in one thing: it looks only on its grid, and so ours is asked on that grid here. By itself
// ours raises at the very instant that a hold ends, which may lie between two of its evaluations. Ours
// has a dead band besides, and knows numbers that are not believed; neither is in play here.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ThresholdRule } from '../../gateway/domain/rule.ts';
import type { Watch } from '../../gateway/domain/standing.ts';
import { instant, seconds } from '../../gateway/domain/time.ts';
import { judgeThreshold } from '../../gateway/rules/threshold.ts';
import { turn } from '../../gateway/rules/watch.ts';
import { BIN_FULL } from '../fakes/small-site.ts';
import { has, temporaryFolder } from '../tools.ts';

const SERIES = 1000;
const STEPS = 30;
/** Seconds by far enough for a machine with nothing else to do. */
const WITHIN_MS = 240_000;
const GRID_S = 15;
const LIMIT = 50;

interface Trial {
  readonly id: string;
  readonly holdS: number;
  readonly keepS: number;
  readonly values: readonly number[];
}

/** Small numbers that look random and are the same every time. */
function* dice(seed: number): Generator<number> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

function trials(): Trial[] {
  const roll = dice(42);
  const next = (below: number): number => Math.floor(roll.next().value * below);
  return Array.from({ length: SERIES }, (_, index) => {
    // Whole steps, and a second to either side of them: the edges are what is asked about.
    const span = (): number => Math.max(0, next(6) * GRID_S + [0, 0, 1, -1][next(4)]!);
    const [holdS, keepS] = [span(), span()];
    const stays = [0.2, 0.5, 0.8, 0.9][next(4)]!;
    let isUp = next(2) === 1;
    const values = Array.from({ length: STEPS }, () => {
      if (roll.next().value > stays) isUp = !isUp;
      // Exactly the limit is not past it.
      return isUp ? LIMIT + 1 + next(9) : LIMIT - next(9);
    });
    return { id: `s${index}`, holdS, keepS, values };
  });
}

/** At which steps our engine has the alarm raised, looked at on the grid and nowhere else. */
function ourFiring({ holdS, keepS, values }: Trial): number[] {
  const rule: ThresholdRule = {
    ...BIN_FULL,
    limit: LIMIT,
    clearAt: LIMIT,
    holdFor: seconds(holdS),
    clearFor: seconds(keepS),
  };
  let watch: Watch = { phase: 'quiet' };
  return values.flatMap((value, step) => {
    const now = instant(seconds(step * GRID_S));
    const next = turn(watch, judgeThreshold(rule, value, now), { rule, now });
    watch = next.event === 'hold-over' ? { ...next.watch, phase: 'raised' } : next.watch;
    return watch.phase === 'raised' ? [step] : [];
  });
}

const ruleFile = (all: readonly Trial[]): string =>
  JSON.stringify({
    groups: [
      {
        name: 'all',
        interval: `${GRID_S}s`,
        rules: all.map(({ id, holdS, keepS }) => ({
          alert: id,
          expr: `{__name__="${id}"} > ${LIMIT}`,
          for: `${holdS}s`,
          keep_firing_for: `${keepS}s`,
        })),
      },
    ],
  });

/** Every moment with the whole set of what fires then: one too many is found as well as one too few. */
function testFile(all: readonly Trial[], firing: ReadonlyMap<string, readonly number[]>): string {
  const steps = Array.from({ length: STEPS }, (_, step) => step);
  return JSON.stringify({
    rule_files: ['rules.json'],
    evaluation_interval: `${GRID_S}s`,
    tests: [
      {
        interval: `${GRID_S}s`,
        input_series: all.map(({ id, values }) => ({ series: id, values: values.join(' ') })),
        promql_expr_test: steps.map((step) => ({
          expr: 'count by (alertname) (ALERTS{alertstate="firing"})',
          eval_time: `${step * GRID_S}s`,
          exp_samples: all
            .filter(({ id }) => firing.get(id)?.includes(step))
            .map(({ id }) => ({ labels: `{alertname="${id}"}`, value: 1 })),
        })),
      },
    ],
  });
}

function promtool(folder: string): string {
  try {
    return execFileSync('promtool', ['test', 'rules', 'test.json'], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 64 * 2 ** 20,
    });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    return `FAILED ${stdout}${stderr}`.slice(0, 2000);
  }
}

describe.skipIf(!has('promtool'))('holds and off-delays beside Prometheus', () => {
  const all = trials();
  const firing = new Map(all.map((trial) => [trial.id, ourFiring(trial)]));

  const verdict = (
    asked: readonly Trial[],
    said: ReadonlyMap<string, readonly number[]>,
  ): string => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'rules.json'), ruleFile(asked));
    writeFileSync(path.join(folder, 'test.json'), testFile(asked, said));
    return promtool(folder);
  };

  it('are worth asking about: alarms rise, end and last in many of the series', () => {
    const moments = [...firing.values()].map((steps) => steps.length);
    expect(moments.filter((count) => count > 0).length).toBeGreaterThan(SERIES / 2);
    expect(moments.filter((count) => count === 0).length).toBeGreaterThan(SERIES / 20);
    expect(moments.filter((count) => count > 0 && count < STEPS / 2).length).toBeGreaterThan(
      SERIES / 4,
    );
  });

  it(
    'have the same alarms firing at every moment of a thousand series',
    () => {
      expect(verdict(all, firing)).toContain('SUCCESS');
    },
    WITHIN_MS,
  );

  it(
    'would be found out by a single moment that differs',
    () => {
      const few = all.slice(0, 20);
      const { id } = few.find((trial) => firing.get(trial.id)!.length > 0)!;
      expect(verdict(few, firing)).toContain('SUCCESS');
      const late = new Map([...firing, [id, firing.get(id)!.slice(1)]]);
      expect(verdict(few, late)).toContain('FAILED');
    },
    WITHIN_MS,
  );
});
