// Which facts each kind of rule is judged by. One switch; the arithmetic is in the rule's own file.
import type { AssetId, Compound, DeviceId, Station } from '../domain/asset.ts';
import { lampDuty, type ShouldBeOn } from '../domain/lamp.ts';
import { isUnderWay } from '../domain/maintenance.ts';
import type { Quantity } from '../domain/quantity.ts';
import { openingHours, type OpenAt } from '../domain/opening-hours.ts';
import type {
  DisagreeRule,
  LampRule,
  MeaningRule,
  MostOfRule,
  OffHoursRule,
  SilenceRule,
} from '../domain/rule.ts';
import type { Latest, Standing } from '../domain/standing.ts';
import { instant, minutes, type Duration, type Instant } from '../domain/time.ts';
import { judgeDisagree } from './disagree.ts';
import { judgeLamp } from './lamp.ts';
import { judgeLink } from './link.ts';
import { judgeMeaning } from './meaning.ts';
import { judgeMostOf } from './most-of.ts';
import { judgeNoise } from './noise.ts';
import { judgeOffHours } from './off-hours.ts';
import { judgeOutside } from './outside.ts';
import { learnedSilence } from './pace.ts';
import { judgeRate } from './rate.ts';
import { judgeRepeat } from './repeat.ts';
import { lampsOf, type Pair, type RuleBook } from './rule-book.ts';
import { judgeSilence, type Hearing } from './silence.ts';
import { judgeStuck } from './stuck.ts';
import { judgeThreshold } from './threshold.ts';
import { CLEAR, UNKNOWN, type Verdict } from './verdict.ts';
import { explains } from './watch.ts';

export interface Judge {
  judge(pair: Pair, at: Instant): Verdict;
  /** When a device was heard, and since when it could have been. */
  hearing(device: DeviceId): Hearing;
  /** How long the pair's device may be quiet. */
  silenceAllowed(pair: Pair<SilenceRule>): Duration;
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
  /** The hours of the rules that have some, and of the stations. */
  readonly during: ReadonlyMap<string, OpenAt>;
  readonly windows: ReadonlyMap<string, OpenAt>;
}

export function createRuleJudge(compound: Compound, book: RuleBook, standing: Standing): Judge {
  const facts: Facts = {
    compound,
    book,
    standing,
    shouldBeOn: lampDuty(compound.place),
    devicesByAsset: devicesByAsset(compound),
    during: hoursOfRules(compound, book),
    windows: windowsOf(compound),
  };
  return {
    judge: (pair, at) => verdictInHours(facts, pair, at),
    hearing: (device) => hearingOf(facts, device),
    silenceAllowed: (pair) => silenceAllowed(facts, pair),
    gone: (pair) => goneLamps(facts, pair),
  };
}

/**
 * Out of its hours a rule says neither that something is wrong nor that it is mended: a hold breaks
 * off, an alarm stays. What was so before they began counts from their beginning.
 */
function verdictInHours(facts: Facts, pair: Pair, at: Instant): Verdict {
  // Most rules have none: no text is looked up for them.
  const during = pair.rule.during && facts.during.get(pair.rule.id);
  if (!during) return verdictOn(facts, pair, at);
  // Which hour it is, a clock that is wrong cannot say.
  if (facts.standing.gateway().clock === 'unsynchronised') return UNKNOWN;
  const { isOpen, from, until } = during(at);
  if (!isOpen) return { kind: 'dead-band', lookAgainAt: until };
  const verdict = verdictOn(facts, pair, at);
  return verdict.kind === 'violated' && verdict.since < from
    ? { ...verdict, since: from }
    : verdict;
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
    case 'outside': {
      const latest = believed(standing, subject, rule.quantity);
      return latest ? judgeOutside(rule, latest.value, at) : UNKNOWN;
    }
    case 'rate':
      return judgeRate(rule, standing.traces.get(pair.key));
    case 'noise':
      return judgeNoise(rule, standing.traces.get(pair.key));
    case 'off-hours':
      return offHoursVerdict(facts, pair as Pair<OffHoursRule>, at);
    case 'meaning':
      return meaningVerdict(facts, pair as Pair<MeaningRule>);
    case 'disagree':
      return disagreeVerdict(facts, pair as Pair<DisagreeRule>);
    case 'repeat':
      return judgeRepeat(rule, standing.raisings.get(pair.key) ?? [], at);
    case 'silence': {
      const silentFor = silenceAllowed(facts, pair as Pair<SilenceRule>);
      return judgeSilence(silentFor, hearingOf(facts, subject), at);
    }
    case 'lamp':
      return lampVerdict(facts, pair as Pair<LampRule>, at);
    case 'most-of': {
      const goneSince = goneLamps(facts, pair as Pair<MostOfRule>).map((lamp) => lamp.since);
      return judgeMostOf(rule, {
        goneSince,
        all: countedLamps(facts, subject).length,
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

function offHoursVerdict(
  facts: Facts,
  { rule, subject }: Pair<OffHoursRule>,
  at: Instant,
): Verdict {
  const asset = facts.compound.assets.get(subject);
  const windows = asset && 'station' in asset ? facts.windows.get(asset.station) : undefined;
  if (!windows) return CLEAR;
  if (facts.standing.gateway().clock === 'unsynchronised') return UNKNOWN;
  const weight = facts.standing.weights.get(subject);
  return judgeOffHours(rule, { weight, windows, during: facts.during.get(rule.id) }, at);
}

function meaningVerdict({ standing, compound }: Facts, pair: Pair<MeaningRule>): Verdict {
  const bin = compound.assets.get(pair.subject);
  if (bin?.kind !== 'bin') return UNKNOWN;
  const { agreement } = standing.containers.get(bin.id) ?? {};
  return judgeMeaning(pair.rule, agreement, bin.volumeL ?? USUAL_L);
}

/** A wheeled bin, where nobody says how much it holds. */
const USUAL_L = 240;

function disagreeVerdict({ standing, compound }: Facts, pair: Pair<DisagreeRule>): Verdict {
  const { rule, subject } = pair;
  const { asset = subject, quantity } = rule.other;
  const lamp = compound.assets.get(asset);
  const isSwitch = rule.quantity === 'on' && quantity === 'power';
  return judgeDisagree(rule, {
    one: believed(standing, subject, rule.quantity),
    other: believed(standing, asset, quantity),
    scale: isSwitch && lamp?.kind === 'lamp' ? lamp.nominalW : 1,
  });
}

function silenceAllowed({ standing, compound }: Facts, pair: Pair<SilenceRule>): Duration {
  const { rule, subject } = pair;
  if (rule.silentFor !== 'learned') return rule.silentFor;
  const every = compound.devices.get(subject)?.every ?? minutes(1);
  return learnedSilence(standing.devices.get(subject)?.pace, every);
}

function hearingOf({ standing, compound }: Facts, device: string): Hearing {
  const { heardAt, pardonedAt = 0 } = standing.devices.get(device) ?? {};
  const source = standing.sources.get(compound.devices.get(device)?.source ?? '');
  const lineUpAt = source?.state === 'up' ? source.since : 0;
  const { startedAt, wokeAt = startedAt } = standing.gateway();
  const audibleSince = instant(Math.max(pardonedAt, lineUpAt, startedAt, wokeAt));
  return heardAt === undefined ? { audibleSince } : { heardAt, audibleSince };
}

/** A lamp that somebody is at work on is dark for a reason of its own. */
const countedLamps = ({ compound, standing }: Facts, circuit: AssetId): AssetId[] =>
  lampsOf(compound.assets.get(circuit)).filter(
    (lamp) => !isUnderWay(standing.maintenance.get(lamp)),
  );

function goneLamps(facts: Facts, pair: Pair<MostOfRule>): { lamp: AssetId; since: Instant }[] {
  return countedLamps(facts, pair.subject)
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

function hoursOfRules({ place }: Compound, book: RuleBook): Map<string, OpenAt> {
  const found = new Map<string, OpenAt>();
  for (const { rule } of book.pairs.values())
    if (rule.during && !found.has(rule.id)) found.set(rule.id, openingHours(rule.during, place));
  return found;
}

/** A station without windows takes rubbish always. */
function windowsOf({ place, stations }: Compound): Map<string, OpenAt> {
  const limited = [...stations.values()].filter(({ windows }: Station) => windows.length > 0);
  return new Map(
    limited.map(({ id, windows: spans }) => [
      id,
      openingHours({ spans, holidays: 'as-weekdays' }, place),
    ]),
  );
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
