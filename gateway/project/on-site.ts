// What a person's accepted command at the place makes of what stands there. The scale goes on from
// where it is: a new tare moves what it calls nothing, and is neither a deposit nor a collection.
import type { Agreement } from '../domain/agreement.ts';
import type { Bin, Scale } from '../domain/asset.ts';
import { asItStands, type Container } from '../domain/container.ts';
import type { OnSiteEntry, SiteAction } from '../domain/on-site.ts';
import type { Kilograms } from '../domain/quantity.ts';
import type { CommandEntry, Recorded } from '../domain/record.ts';
import type { SettledWeight } from '../domain/settled-weight.ts';
import { containerOf, unsay, write, type Scene } from './happened.ts';

type Command = Recorded<CommandEntry>;

const KEYS_KEPT = 8;

export const attemptOf = (
  { by, action }: Pick<CommandEntry, 'by' | 'action'>,
  key: string,
): string => `${by} ${action} ${key}`;

export function obeyOnSite(scene: Scene, command: Command): void {
  const asset = scene.compound.assets.get(command.id ?? '');
  if (asset?.kind !== 'bin' && asset?.kind !== 'scale') return;
  obeyOn(scene, asset, command);
  if (command.key === undefined) return;
  const known = containerOf(scene, asset.id, command.receivedAt);
  const keys = [...(known.keys ?? []), attemptOf(command, command.key)].slice(-KEYS_KEPT);
  scene.standing.containers.put(asset.id, { ...known, keys });
}

function obeyOn(scene: Scene, asset: Bin | Scale, command: Command): void {
  switch (command.action) {
    case 'collected':
      return asset.kind === 'bin' ? tapped(scene, asset, command) : undefined;
    case 'not-collected':
      return unsay(scene, asset.id, { by: 'tap', now: command.receivedAt });
    case 'tare':
    case 'swap':
    case 'change-device':
    case 'take-out':
    case 'put-back':
      return changed(scene, asset, { command, action: command.action });
  }
}

function tapped(scene: Scene, bin: Bin, command: Command): void {
  const note = textIn(command.body['note']);
  const event = {
    kind: 'collection' as const,
    asset: bin.id,
    at: command.receivedAt,
    by: 'tap' as const,
    person: command.by,
    ...(note !== undefined && { note }),
    ...(command.role === 'display' && { flags: ['unverified' as const] }),
  };
  write(scene, event, command.receivedAt);
}

interface Change {
  readonly command: Command;
  readonly action: SiteAction;
}

function changed(scene: Scene, asset: Bin | Scale, { command, action }: Change): void {
  const { standing } = scene;
  const before = containerOf(scene, asset.id, command.receivedAt);
  const tareBeforeKg = asItStands(asset, before).tareKg;
  const tareKg = tareAfter(standing.weights.get(asset.id), tareBeforeKg, command);
  const after = containerAfter(asset, before, { command, action, tareKg });
  standing.containers.put(asset.id, after);
  if (tareKg !== undefined) moveZero(scene, asset.id, tareKg - (tareBeforeKg ?? tareKg));
  // What stands there after weeks in the workshop is what it is; nobody threw the difference in.
  if (action === 'take-out' || action === 'put-back') standing.weights.drop(asset.id);
  const entry: OnSiteEntry = {
    action,
    by: command.by,
    role: command.role,
    ...wordsOf(command),
    ...(tareKg !== undefined && { tareKg, ...(tareBeforeKg !== undefined && { tareBeforeKg }) }),
  };
  standing.keep({
    kind: 'on-site',
    id: String(command.sequence),
    at: command.receivedAt,
    day: scene.days.at(command.receivedAt).day,
    place: asset.station,
    asset: asset.id,
    body: { ...entry },
  });
}

/** Typed in, or what the scale says now, where a tare was asked for and none was given. */
export function tareAfter(
  weight: SettledWeight | undefined,
  tareBeforeKg: Kilograms | undefined,
  { action, body }: Pick<CommandEntry, 'action' | 'body'>,
): Kilograms | undefined {
  const { tareKg } = body;
  if (typeof tareKg === 'number') return tareKg as Kilograms;
  if (action !== 'tare' || weight?.baseKg === undefined || tareBeforeKg === undefined)
    return undefined;
  const gross = weight.baseKg + (weight.zeroKg ?? 0) + tareBeforeKg;
  return (Math.round(gross * 1000) / 1000) as Kilograms;
}

function containerAfter(
  asset: Bin | Scale,
  before: Container,
  { command, action, tareKg }: Change & { readonly tareKg: Kilograms | undefined },
): Container {
  const { reason: _reason, agreement, ...place } = before;
  const known = { ...place, ...learnedSince(agreement) };
  const since = command.receivedAt;
  const container = textIn(command.body['container']);
  const to = textIn(command.body['to']);
  const reason = textIn(command.body['reason']);
  const { siteTareKg: _site, ...without } = known;
  const tared = tareKg === undefined ? known : { ...without, tareKg, ...siteTare(asset) };
  switch (action) {
    case 'tare':
      return tared;
    case 'swap': {
      const { container: _container, ...place } = tared;
      return { ...place, since, ...(container !== undefined && { container }) };
    }
    case 'change-device':
      return to === undefined ? known : { ...known, device: to };
    case 'take-out':
      return { ...known, since, state: 'out-of-service', ...(reason !== undefined && { reason }) };
    case 'put-back':
      return { ...known, since, state: 'in-service' };
  }
}

const siteTare = ({ tareKg }: Bin | Scale): { siteTareKg?: Kilograms } =>
  tareKg === undefined ? {} : { siteTareKg: tareKg };

/** What the scale and the level said of one another before somebody was at work on them is over. */
function learnedSince(agreement: Agreement | undefined): Pick<Container, 'agreement'> {
  const { densities } = agreement ?? {};
  return densities ? { agreement: { densities } } : {};
}

/** @param byKg how much heavier the tare is than the one before */
function moveZero({ standing }: Scene, id: string, byKg: number): void {
  const weight = standing.weights.get(id);
  if (!weight) return;
  const { zeroKg = 0, moving: _moving, before: _before, steps: _steps, ...rest } = weight;
  const by = byKg - zeroKg;
  standing.weights.put(id, {
    ...rest,
    ...(weight.baseKg !== undefined && { baseKg: weight.baseKg - by }),
    zeroKg: 0,
    ...(weight.recent && {
      recent: weight.recent.map((point) => ({ ...point, kg: point.kg - by })),
    }),
  });
}

const textIn = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

function wordsOf({ body }: Command): Partial<OnSiteEntry> {
  const names = ['note', 'reason', 'container', 'from', 'to'] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const text = textIn(body[name]);
      return text === undefined ? [] : [[name, text]];
    }),
  );
}
