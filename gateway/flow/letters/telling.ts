// Who hears of which work, and when: watches tickets and grave alarms, keeps a mailbag for each reader
// and writes a letter when one is due. Part of the step, and as pure.
//
//   put ─▶ changed ─▶ follow: each reader's bag ─▶ due in the agenda ─▶ write: one letter, now
//
// A letter is written at the moment of a record and never at one that has passed: what fell due while
// the gateway was off becomes one letter about what is true now. Promise: the same log gives the same
// letters under the same keys, wherever the fold was broken off and taken up again.
import type { Compound } from '../../domain/asset.ts';
import { linkTo } from '../../domain/link.ts';
import type { LetterNews, LetterReason } from '../../domain/letter.ts';
import { wallClock } from '../../domain/local-time.ts';
import type { Mailbag } from '../../domain/mailbag.ts';
import type { Notice } from '../../domain/notice.ts';
import type { CommandEntry } from '../../domain/record.ts';
import {
  DEFAULT_NOTICES,
  type DigestBody,
  type NoticeSettings,
  type Reader,
} from '../../domain/reader.ts';
import type { Slices } from '../../domain/slices.ts';
import type { Standing } from '../../domain/standing.ts';
import { between, instant, minutes, type Instant } from '../../domain/time.ts';
import { createCalendars, type Calendars } from './telling-hours.ts';
import { counted, emptyMailbag, growthOf, noted, told } from './telling-mailbag.ts';
import { planOf, roomAfter, type Plan } from './telling-plan.ts';
import { createReaders, type Readers } from './telling-readers.ts';
import { createSight, type Sight } from './telling-sight.ts';
import { letterText, type LetterScene, type Said } from './telling-wording.ts';

export interface Telling {
  /** The standing that the step is to use. */
  readonly standing: Standing;
  /** Looks at what was put since the last call. */
  follow(at: Instant): void;
  /** Whether this key of the agenda was a reader's; their letter is written by `write`. */
  due(key: string): boolean;
  /** Writes the letters that are due. */
  write(now: Instant): void;
  /** Tells a digest that was made outside, once for each day. */
  obey(command: CommandEntry): void;
  take(): Notice[];
  /** Waits again for what the mailbags of a saved standing wait for. */
  arm(): void;
}

interface TellingSite {
  readonly compound: Compound;
  readonly notices?: NoticeSettings;
}

interface Scene {
  readonly compound: Compound;
  readonly settings: NoticeSettings;
  readonly standing: Standing;
  readonly readers: Readers;
  readonly sight: Sight;
  readonly calendars: Calendars;
  readonly letters: LetterScene;
  notices: Notice[];
}

export const TELLING_KEY = 'telling:';

export function createTelling(site: TellingSite, standing: Standing): Telling {
  const scene = sceneOf(site, standing);
  const changed = new Set<string>();
  const ripe = new Set<string>();
  const watched: Standing = {
    ...standing,
    tickets: watching(standing.tickets, (id) => changed.add(id)),
    alarms: watching(standing.alarms, (id) => changed.add(id)),
    people: watching(standing.people, () => scene.readers.forget()),
  };
  return {
    standing: watched,
    follow(at) {
      if (scene.readers.haveChanged()) dropStrangers(scene);
      if (changed.size === 0) return;
      const ids = [...changed];
      changed.clear();
      for (const reader of scene.readers.all()) followFor(scene, { reader, ids }, at);
    },
    due(key) {
      if (!key.startsWith(TELLING_KEY)) return false;
      ripe.add(key.slice(TELLING_KEY.length));
      return true;
    },
    write(now) {
      if (ripe.size === 0) return;
      const ids = [...ripe];
      ripe.clear();
      for (const id of ids) writeTo(scene, id, now);
    },
    obey: (command) => sendDigest(scene, command),
    take() {
      const taken = scene.notices;
      scene.notices = [];
      return taken;
    },
    arm() {
      dropStrangers(scene);
      for (const [id, { dueAt }] of standing.mailbags.all())
        standing.agenda.set(`${TELLING_KEY}${id}`, dueAt);
    },
  };
}

function sceneOf(
  { compound, notices: settings = DEFAULT_NOTICES }: TellingSite,
  standing: Standing,
): Scene {
  const { place } = compound;
  return {
    compound,
    settings,
    standing,
    readers: createReaders(settings, standing.people),
    sight: createSight(compound, standing),
    calendars: createCalendars(place, standing.people),
    letters: { tongue: settings.tongue, wall: wallClock(place.zone) },
    notices: [],
  };
}

const watching = <T>(slices: Slices<T>, see: (id: string) => unknown): Slices<T> => ({
  ...slices,
  put(id, value) {
    slices.put(id, value);
    see(id);
  },
});

/** Nobody reads what is put there any more. */
function dropStrangers({ standing: { mailbags, agenda }, readers }: Scene): void {
  const strangers = Array.from(mailbags.all(), ([id]) => id).filter((id) => !readers.get(id));
  for (const id of strangers) {
    mailbags.drop(id);
    agenda.set(`${TELLING_KEY}${id}`, undefined);
  }
}

/** Whatever became of the first: a second one of that day is the same, and is not sent. */
function sendDigest(scene: Scene, { id = '', action, body, receivedAt: at }: CommandEntry): void {
  const reader = scene.readers.get(id);
  if (action !== 'digest' || !reader) return;
  const { kind, day, title, lines } = body as unknown as DigestBody;
  const bag = scene.standing.mailbags.get(id) ?? emptyMailbag(id);
  if ((bag.digests?.[kind] ?? '') >= day) return;
  const link = linkTo(scene.compound.place, '/manager');
  const news: LetterNews = {
    kind: 'letter',
    reason: kind,
    title,
    lines,
    ...(link !== undefined && { link }),
    tickets: [],
    ...(reader.to !== undefined && { to: reader.to }),
    reader: id,
  };
  const key = `digest:${kind}:${day}:${id}`;
  scene.notices.push({ channel: reader.over, key, subject: `digest:${kind}:${id}`, at, news });
  const digests = { ...bag.digests, [kind]: day };
  scene.standing.mailbags.put(id, counted({ ...bag, digests }, kind));
}

function followFor(
  scene: Scene,
  { reader, ids }: { readonly reader: Reader; readonly ids: readonly string[] },
  at: Instant,
): void {
  const before = scene.standing.mailbags.get(reader.id) ?? emptyMailbag(reader.id);
  const after = ids.reduce((bag, id) => noted(bag, [id, scene.sight.of(reader, id)], at), before);
  if (after !== before) keep(scene, planFor(scene, { reader, bag: after }, at));
}

function keep({ standing }: Scene, { bag, dueAt }: Plan): void {
  const { dueAt: _, ...rest } = bag;
  standing.mailbags.put(bag.id, dueAt === undefined ? rest : { ...rest, dueAt });
  standing.agenda.set(`${TELLING_KEY}${bag.id}`, dueAt);
}

function planFor(scene: Scene, { reader, bag }: Looking, now: Instant): Plan {
  const { settings, calendars, sight } = scene;
  return planOf(
    {
      reader,
      settings,
      calendars,
      look: (id) => sight.of(reader, id),
      isLeft: (id) => sight.isLeft(id, now),
      roomAt: roomFor(scene, { reader, bag }, now),
    },
    bag,
    now,
  );
}

/** Whoever had no letter for an hour is never held: the gravest thing of the day may be among theirs. */
function roomFor(scene: Scene, { reader, bag }: Looking, now: Instant): Instant | undefined {
  const last = bag.sentAt.at(-1);
  if (last === undefined || between(last, now) >= HOUR) return undefined;
  const { mailbags } = scene.standing;
  const beside = scene.readers.all().filter(({ over }) => over === reader.over);
  const sent = beside.flatMap(({ id }) => mailbags.get(id)?.sentAt ?? []);
  return roomAfter(sent, scene.settings.mostPerHour, now);
}

const HOUR = minutes(60);
/** A tick comes within a moment; whatever is so late was kept by the gateway's being off. */
const OUTAGE = minutes(10);

function writeTo(scene: Scene, id: string, now: Instant): void {
  const { standing, readers, sight } = scene;
  const reader = readers.get(id);
  const bag = standing.mailbags.get(id);
  if (!reader || !bag) return;
  // Duty, roster and quiet hours have moved on since: whose it is no more is not told.
  const looked = Object.keys(bag.items).reduce(
    (kept, item) => refreshed(kept, [item, sight.of(reader, item)], now),
    bag,
  );
  const plan = planFor(scene, { reader, bag: looked }, now);
  if (plan.now.length === 0) return keep(scene, plan);
  const isLate = bag.dueAt !== undefined && between(bag.dueAt, now) > OUTAGE;
  const said = plan.now.map((item) => saidOf(scene, { reader, bag: plan.bag }, item));
  const reason = isLate ? 'outage' : reasonOf(scene, plan, said);
  scene.notices.push(letterTo(scene, { reader, bag: plan.bag, said, reason }, now));
  const facts = (item: string) => sight.of(reader, item)?.facts;
  const after = told(plan.bag, { ids: plan.now, facts, reason }, now);
  keep(scene, planFor(scene, { reader, bag: after }, now));
}

/** Only what has gone from the reader's sight: what is news was noted when it changed. */
const refreshed = (bag: Mailbag, [id, seen]: Parameters<typeof noted>[1], now: Instant): Mailbag =>
  seen?.concern || bag.items[id]?.news?.reason === 'resolved' ? bag : noted(bag, [id, seen], now);

function saidOf(scene: Scene, { reader, bag }: Looking, id: string): Said {
  const item = bag.items[id];
  const facts = scene.sight.of(reader, id)?.facts;
  const why = scene.sight.isFlood(id) ? 'flood' : growthOf(item?.told, facts);
  const ticket = scene.standing.tickets.get(id);
  return {
    id,
    name: item?.name ?? id,
    since: item?.since ?? instant(0),
    severity: item?.severity ?? 'low',
    reason: item?.news?.reason ?? 'reminder',
    ...(why && { why }),
    ...(ticket && { ticket }),
  };
}

interface Looking {
  readonly reader: Reader;
  readonly bag: Mailbag;
}

/** Why the letter as a whole is sent: for the strongest of what is in it. */
function reasonOf({ sight }: Scene, { bag, now }: Plan, said: readonly Said[]): LetterReason {
  const heldBy = now.map((id) => bag.items[id]?.news?.held);
  if (said.some(({ reason, id }) => reason !== 'resolved' && sight.isFlood(id))) return 'flood';
  if (heldBy.every((why) => why === 'quiet')) return 'quiet';
  const order: readonly LetterReason[] = ['first', 'grew', 'reminder'];
  return order.find((word) => said.some(({ reason }) => reason === word)) ?? 'resolved';
}

interface Writing extends Looking {
  readonly said: readonly Said[];
  readonly reason: LetterReason;
}

function letterTo(
  { compound, letters }: Scene,
  { reader, bag, said, reason }: Writing,
  at: Instant,
): Notice {
  const ids = new Set(said.map(({ id }) => id));
  const others = Object.entries(bag.items).filter(([id, item]) => item.told && !ids.has(id)).length;
  const link = linkTo(compound.place, pathOf(said));
  const severity = (['high', 'medium', 'low'] as const).find((word) =>
    said.some((one) => one.severity === word),
  );
  const news: LetterNews = {
    kind: 'letter',
    reason,
    ...letterText(letters, { reason, said, others }),
    ...(link !== undefined && { link }),
    ...(severity && { severity }),
    tickets: said.filter(({ ticket }) => ticket).map(({ id }) => id),
    ...(reader.to !== undefined && { to: reader.to }),
    reader: reader.id,
  };
  return {
    channel: reader.over,
    key: `letter:${reader.id}:${at}`,
    subject: `reader:${reader.id}`,
    at,
    news,
  };
}

/** To the thing itself where there is one, and to all of them where there are several. */
function pathOf([first, ...more]: readonly Said[]): string {
  if (!first || more.length > 0) return '/engineer/';
  return first.ticket ? `/engineer/tickets/${first.id}` : `/engineer/alarms/${first.id}`;
}
