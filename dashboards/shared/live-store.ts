// What the gateway last said of each thing, by key. A new connection begins with everything as it
// stands; what it does not mention by its first beat is gone (an alarm that cleared while we were
// cut off), so a screen never shows a ghost of the time before.
import { batch, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type {
  AlarmView,
  AssetView,
  LiveEvent,
  SiteView,
  SourceView,
  TicketView,
} from '../../gateway/api/schemas.ts';

interface Kinds {
  asset: AssetView;
  alarm: AlarmView;
  ticket: TicketView;
  source: SourceView;
}
type Kind = keyof Kinds;
const KINDS: readonly Kind[] = ['asset', 'alarm', 'ticket', 'source'];
/** A wall screen runs for months; what is over is forgotten from here on, the oldest first. */
const MOST_OF_A_KIND = 500;
const OVER: readonly string[] = ['normal', 'closed', 'declined', 'merged'];

export interface Snapshot {
  readonly site: SiteView | undefined;
  readonly assets: readonly AssetView[];
  readonly alarms: readonly AlarmView[];
  readonly tickets: readonly TicketView[];
  readonly sources: readonly SourceView[];
}

type Keyed<T> = ReadonlyMap<string, T>;

export interface LiveStore {
  readonly site: ReadonlySignal<SiteView | undefined>;
  readonly assets: ReadonlySignal<Keyed<AssetView>>;
  readonly alarms: ReadonlySignal<Keyed<AlarmView>>;
  readonly tickets: ReadonlySignal<Keyed<TicketView>>;
  readonly sources: ReadonlySignal<Keyed<SourceView>>;
  /** A new connection: from here on, whatever is not mentioned before the first beat is gone. */
  begin(): void;
  take(events: readonly LiveEvent[]): void;
  snapshot(): Snapshot;
}

export function liveStore(kept?: Snapshot): LiveStore {
  const site = signal(kept?.site);
  const shelves: Shelves = {
    asset: signal(byId(kept?.assets)),
    alarm: signal(byId(kept?.alarms)),
    ticket: signal(byId(kept?.tickets)),
    source: signal(byId(kept?.sources)),
  };
  let mentioned: Set<string> | undefined;
  const takeOne = (event: LiveEvent): void => {
    if (event.kind === 'site') site.value = event.data;
    else if (event.kind !== 'beat') {
      put(shelves, event.kind, event.data);
      mentioned?.add(nameOf(event.kind, event.data.id));
    } else if (mentioned) {
      dropUnmentioned(shelves, mentioned);
      mentioned = undefined;
    }
  };
  return {
    site,
    assets: shelves.asset,
    alarms: shelves.alarm,
    tickets: shelves.ticket,
    sources: shelves.source,
    begin() {
      mentioned = new Set();
    },
    take: (events) => batch(() => events.forEach(takeOne)),
    snapshot: () => ({
      site: site.value,
      assets: [...shelves.asset.value.values()],
      alarms: [...shelves.alarm.value.values()],
      tickets: [...shelves.ticket.value.values()],
      sources: [...shelves.source.value.values()],
    }),
  };
}

type Shelves = { readonly [K in Kind]: Signal<Keyed<Kinds[K]>> };

const nameOf = (kind: Kind, id: string): string => `${kind}/${id}`;

function put(shelves: Shelves, kind: Kind, view: Kinds[Kind]): void {
  const shelf = shelves[kind] as Signal<Keyed<Kinds[Kind]>>;
  const views = new Map(shelf.value).set(view.id, view);
  if (views.size > MOST_OF_A_KIND && kind !== 'asset') dropOldestOver(views);
  shelf.value = views;
}

function dropUnmentioned(shelves: Shelves, mentioned: ReadonlySet<string>): void {
  for (const kind of KINDS) {
    const shelf = shelves[kind] as Signal<Keyed<Kinds[Kind]>>;
    const left = [...shelf.value].filter(([id]) => mentioned.has(nameOf(kind, id)));
    if (left.length < shelf.value.size) shelf.value = new Map(left);
  }
}

function dropOldestOver(views: Map<string, { readonly state: string }>): void {
  for (const [id, view] of views) {
    if (!OVER.includes(view.state)) continue;
    views.delete(id);
    return;
  }
}

const byId = <T extends { id: string }>(views: readonly T[] | undefined): Keyed<T> =>
  new Map((views ?? []).map((view) => [view.id, view]));
