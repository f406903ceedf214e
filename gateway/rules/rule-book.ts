// Every rule on every subject it speaks of, found by what touches it, and which explains which.
// Built once from the site; never changed.
import type { Asset, AssetId, Compound, Device, DeviceId, SourceId } from '../domain/asset.ts';
import type { Quantity } from '../domain/quantity.ts';
import type { MostOfRule, RuleSettings } from '../domain/rule.ts';

/** One rule on one subject: what a watch is kept for. */
export interface Pair<R extends RuleSettings = RuleSettings> {
  readonly key: string;
  readonly rule: R;
  /** The id of an asset, a device or a source, as `rule.on` says. */
  readonly subject: string;
}

export interface RuleBook {
  readonly pairs: ReadonlyMap<string, Pair>;
  touchedByReading(asset: AssetId, quantity: Quantity): readonly Pair[];
  /** Silence rules on this device. */
  touchedByDevice(device: DeviceId): readonly Pair[];
  touchedBySource(source: SourceId): readonly Pair[];
  /** The pairs that count how often this watch is raised. */
  touchedByRaising(key: string): readonly Pair[];
  /** The bigger watches that would explain this one, the biggest first. */
  parents(key: string): readonly Pair[];
  children(key: string): readonly Pair[];
}

export const keyOf = (rule: string, subject: string): string => `${rule}:${subject}`;

const NONE: readonly Pair[] = [];

export function createRuleBook(
  site: { readonly compound: Compound; readonly sources: readonly SourceId[] },
  rules: readonly RuleSettings[],
): RuleBook {
  const pairs = new Map<string, Pair>();
  for (const rule of rules) {
    for (const subject of subjectsOf(rule, site)) {
      const key = keyOf(rule.id, subject);
      pairs.set(key, { key, rule, subject });
    }
  }
  const byTouch = groupBy(pairs.values(), touches);
  const byReading = nested(byTouch);
  const byDevice = new Map(
    [...site.compound.devices.keys()].map((id) => [id, byTouch.get(`device ${id}`) ?? NONE]),
  );
  const links = [...pairs.values()].flatMap((parent) =>
    explained(parent, pairs, site.compound).map((child) => ({ parent, child })),
  );
  const parents = groupBy(links, ({ child }) => [child.key]);
  const children = groupBy(links, ({ parent }) => [parent.key]);
  return {
    pairs,
    touchedByReading: (asset, quantity) => byReading.get(asset)?.get(quantity) ?? NONE,
    touchedByDevice: (device) => byDevice.get(device) ?? NONE,
    touchedByRaising: (key) => byTouch.get(`raised ${key}`) ?? NONE,
    touchedBySource: (source) => byTouch.get(`source ${source}`) ?? NONE,
    parents: (key) => (parents.get(key) ?? []).map((link) => link.parent).sort(bySize),
    children: (key) => (children.get(key) ?? []).map((link) => link.child),
  };
}

/** The same pairs by asset and then by quantity: asked for every reading, so no key is put together. */
function nested(
  byTouch: ReadonlyMap<string, readonly Pair[]>,
): Map<AssetId, Map<string, readonly Pair[]>> {
  const byAsset = new Map<AssetId, Map<string, readonly Pair[]>>();
  for (const [touch, pairs] of byTouch) {
    const [what, id = '', quantity = ''] = touch.split(' ');
    if (what !== 'reading') continue;
    const ofAsset = byAsset.get(id) ?? new Map<string, readonly Pair[]>();
    byAsset.set(id, ofAsset.set(quantity, pairs));
  }
  return byAsset;
}

/** A lost line is bigger than a circuit: it takes whole stations with it. */
const bySize = (a: Pair, b: Pair): number =>
  Number(b.rule.kind === 'link') - Number(a.rule.kind === 'link');

function subjectsOf(
  rule: RuleSettings,
  site: { readonly compound: Compound; readonly sources: readonly SourceId[] },
): string[] {
  const { assets, devices } = site.compound;
  const all =
    rule.on === 'device'
      ? [...devices.keys()]
      : rule.on === 'source'
        ? site.sources
        : [...assets.values()].filter((asset) => asset.kind === rule.on).map((asset) => asset.id);
  return all.filter((id) => !rule.only || rule.only.includes(id));
}

/** What makes it worth judging this pair again. */
function touches({ rule, subject }: Pair): string[] {
  switch (rule.kind) {
    case 'threshold':
    case 'stuck':
    case 'outside':
    case 'rate':
    case 'noise':
    case 'off-hours':
      return [`reading ${subject} ${rule.quantity}`];
    case 'disagree': {
      const { asset = subject, quantity } = rule.other;
      return [`reading ${subject} ${rule.quantity}`, `reading ${asset} ${quantity}`];
    }
    case 'meaning':
      return [`reading ${subject} net`, `reading ${subject} fill`];
    case 'repeat':
      return [`raised ${keyOf(rule.of, subject)}`];
    case 'lamp':
      return [`reading ${subject} power`, `reading ${subject} on`];
    case 'silence':
      return [`device ${subject}`];
    case 'link':
      return [`source ${subject}`];
    case 'most-of':
      return [];
  }
}

/** The pairs whose condition follows from this one's. */
function explained(parent: Pair, pairs: ReadonlyMap<string, Pair>, compound: Compound): Pair[] {
  const { rule, subject } = parent;
  if (rule.kind === 'link') {
    return silences(pairs).filter(
      (child) => compound.devices.get(child.subject)?.source === subject,
    );
  }
  if (rule.kind !== 'most-of') return [];
  const lamps = lampsOf(compound.assets.get(subject));
  const dark = lamps.flatMap((lamp) => pairs.get(keyOf(rule.of, lamp)) ?? []);
  const silent = silences(pairs).filter((child) =>
    speaksOnlyOf(compound.devices.get(child.subject), lamps),
  );
  return [...dark, ...silent];
}

const silences = (pairs: ReadonlyMap<string, Pair>): Pair[] =>
  [...pairs.values()].filter((pair) => pair.rule.kind === 'silence');

export const lampsOf = (circuit: Asset | undefined): readonly AssetId[] =>
  circuit?.kind === 'circuit' ? circuit.lamps : [];

function speaksOnlyOf(device: Device | undefined, lamps: readonly AssetId[]): boolean {
  if (!device) return false;
  const assets = [...device.assets.values()];
  return assets.length > 0 && assets.every((asset) => lamps.includes(asset));
}

function groupBy<T>(items: Iterable<T>, keysOf: (item: T) => readonly string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group) group.push(item);
      else groups.set(key, [item]);
    }
  }
  return groups;
}

export const isMostOf = (pair: Pair): pair is Pair<MostOfRule> => pair.rule.kind === 'most-of';
