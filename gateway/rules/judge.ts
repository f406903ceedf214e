// Which facts each kind of rule is judged by. One switch; the arithmetic is in the rule's own file.
import type { AssetId, Compound } from '../domain/asset.ts';
import { lampDuty, type ShouldBeOn } from '../domain/lamp.ts';
import type { Quantity } from '../domain/quantity.ts';
import type { LampRule, MostOfRule } from '../domain/rule.ts';
import type { Latest, Standing } from '../domain/standing.ts';
import { instant, type Instant } from '../domain/time.ts';
import { judgeLamp } from './lamp.ts';
import { judgeLink } from './link.ts';
import { judgeMostOf } from './most-of.ts';
import { lampsOf, type Pair, type RuleBook } from './rule-book.ts';
import { judgeSilence, type Hearing } from './silence.ts';
import { judgeStuck } from './stuck.ts';
import { judgeThreshold } from './threshold.ts';
import { UNKNOWN, type Verdict } from './verdict.ts';
import { explains } from './watch.ts';

export interface Judge {
  judge(pair: Pair, at: Instant): Verdict;
  /** A circuit's lamps that are gone, the first to go first. */
  gone(pair: Pair<MostOfRule>): { readonly lamp: AssetId; readonly since: Instant }[];
}

/** Everything a verdict may depend on. */
interface Facts {
  readonly compound: Compound;
  readonly book: RuleBook;
  readonly standing: Standing;
  readonly shouldBeOn: ShouldBeOn;
  readonly devicesByAsset: ReadonlyMap<AssetId, readonly string[]>;
}

export function createRuleJudge(compound: Compound, book: RuleBook, standing: Standing): Judge {
  const facts: Facts = {
    compound,
    book,
    standing,
    shouldBeOn: lampDuty(compound.place),
    devicesByAsset: devicesByAsset(compound),
  };
  return {
    judge: (pair, at) => verdictOn(facts, pair, at),
    gone: (pair) => goneLamps(facts, pair),
  };
}

function verdictOn(facts: Facts, pair: Pair, at: Instant): Verdict {
  const { rule, subject } = pair;
  const { standing } = facts;
  switch (rule.kind) {
    case 'threshold': {
      const latest = believed(standing, subject, rule.quantity);
      return latest ? judgeThreshold(rule, latest.value, at) : UNKNOWN;
    }
    case 'stuck': {
      const latest = believed(standing, subject, rule.quantity);
      return latest ? judgeStuck(rule, latest, at) : UNKNOWN;
    }
    case 'silence':
      return judgeSilence(rule, hearingOf(facts, subject), at);
    case 'lamp':
      return lampVerdict(facts, pair as Pair<LampRule>, at);
    case 'most-of': {
      const goneSince = goneLamps(facts, pair as Pair<MostOfRule>).map((lamp) => lamp.since);
      return judgeMostOf(rule, {
        goneSince,
        all: lampsOf(facts.compound.assets.get(subject)).length,
      });
    }
    case 'link': {
      const source = standing.sources.get(subject);
      return source ? judgeLink(source) : UNKNOWN;
    }
  }
}

function believed(standing: Standing, asset: AssetId, quantity: Quantity): Latest | undefined {
  const latest = standing.assets.get(asset)?.latest[quantity];
  return latest?.doubt ? undefined : latest;
}

function lampVerdict(facts: Facts, { rule, subject }: Pair<LampRule>, at: Instant): Verdict {
  const standing = facts.standing.assets.get(subject);
  const lamp = facts.compound.assets.get(subject);
  if (!standing || lamp?.kind !== 'lamp') return UNKNOWN;
  // Whether it is night, a clock that is wrong cannot say.
  if (facts.standing.gateway().clock === 'unsynchronised') return UNKNOWN;
  return judgeLamp(rule, { lamp, standing, shouldBeOn: facts.shouldBeOn(lamp, at) }, at);
}

function hearingOf({ standing, compound }: Facts, device: string): Hearing {
  const { heardAt, pardonedAt = 0 } = standing.devices.get(device) ?? {};
  const source = standing.sources.get(compound.devices.get(device)?.source ?? '');
  const lineUpAt = source?.state === 'up' ? source.since : 0;
  const { startedAt, wokeAt = startedAt } = standing.gateway();
  const audibleSince = instant(Math.max(pardonedAt, lineUpAt, startedAt, wokeAt));
  return heardAt === undefined ? { audibleSince } : { heardAt, audibleSince };
}

function goneLamps(facts: Facts, pair: Pair<MostOfRule>): { lamp: AssetId; since: Instant }[] {
  return lampsOf(facts.compound.assets.get(pair.subject))
    .flatMap((lamp) => {
      const since = goneSince(facts, pair, lamp);
      return since === undefined ? [] : [{ lamp, since }];
    })
    .sort((a, b) => a.since - b.since);
}

/** A lamp is gone when it is dark by the rule that counts, or when nothing is heard of it. */
function goneSince(facts: Facts, pair: Pair<MostOfRule>, lamp: AssetId): Instant | undefined {
  const speakers = facts.devicesByAsset.get(lamp) ?? [];
  const begun = facts.book
    .children(pair.key)
    .filter((child) => child.subject === lamp || speakers.includes(child.subject))
    .flatMap((child) => begunBy(facts, child.key, pair.key) ?? []);
  return begun.length === 0 ? undefined : instant(Math.min(...begun));
}

/** Since when a watch's condition holds, unless something else than `explainer` explains it. */
function begunBy({ book, standing }: Facts, key: string, explainer: string): Instant | undefined {
  const watch = standing.watches.get(key);
  if (!watch || watch.phase === 'quiet') return undefined;
  const others = book.parents(key).filter((parent) => parent.key !== explainer);
  if (watch.phase !== 'raised' && others.some(({ key }) => explains(standing.watches.get(key))))
    return undefined;
  return watch.since;
}

function devicesByAsset(compound: Compound): Map<AssetId, string[]> {
  const found = new Map<AssetId, string[]>();
  for (const device of compound.devices.values()) {
    for (const asset of device.assets.values()) {
      found.set(asset, [...(found.get(asset) ?? []), device.id]);
    }
  }
  return found;
}
