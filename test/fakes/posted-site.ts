// The small site with a notice board that is asked as the house asks it: commands are checked, written,
// folded and answered, on a clock by hand; and it can be switched off and on again at any moment.
import type { PostWords } from '../../gateway/domain/post.ts';
import { createStanding, type SavedStanding } from '../../gateway/domain/standing.ts';
import type { StepSite } from '../../gateway/flow/step.ts';
import { createStep } from '../../gateway/flow/step.ts';
import { createCommands } from '../../gateway/flow/commands.ts';
import { createPostDesk } from '../../gateway/flow/residents/post-desk.ts';
import type { CommandEntry } from '../../gateway/domain/record.ts';
import { DEFAULT_WORK } from '../../gateway/domain/work.ts';
import type { Log } from '../../gateway/store/log.ts';
import { NOTHING_SAVED, started, tick } from './folded-site.ts';
import { handClock } from './hand-clock.ts';
import { memoryHappenings } from './memory-happenings.ts';
import { SMALL_SITE } from './small-site.ts';

export const WANG = { by: 'wang', role: 'manager' };
export const SUN = { by: 'sun', role: 'reviewer' };
export const NEWS: PostWords = { kind: 'doing', title: '更换电梯', words: '请走西侧楼梯' };

export interface PostedSiteOptions {
  readonly at?: string;
  readonly dayStartsAtMinute?: number;
}

export function postedSite({
  at = '2026-11-20T10:00:00+08:00',
  dayStartsAtMinute = 0,
}: PostedSiteOptions = {}) {
  const clock = handClock(at);
  const { compound } = SMALL_SITE;
  const building = { id: 'b3', name: '3号楼' };
  const stations = new Map(compound.stations);
  const k1 = stations.get('k1');
  if (k1) stations.set('k1', { ...k1, building: 'b3' });
  stations.set('k2', { id: 'k2', name: '2号投放点', windows: [] });
  const site: StepSite = {
    ...SMALL_SITE,
    compound: { ...compound, stations, place: { ...compound.place, dayStartsAtMinute } },
  };
  const work = { ...DEFAULT_WORK, buildings: new Map([['b3', building]]) };
  const kept = memoryHappenings();
  let sequence = 0;
  let saved: SavedStanding = NOTHING_SAVED;
  let slices = new Map<string, string>();
  let written: CommandEntry[] = [];

  function open() {
    const standing = createStanding(saved);
    const step = createStep(site, standing);
    const append: Log['append'] = async (entries) => {
      for (const entry of entries) {
        sequence += 1;
        if (entry.kind === 'command') written.push(entry);
        step.fold({ ...entry, sequence });
        const changes = standing.takeChanges();
        kept.put(changes.happenings);
        for (const [key, json] of changes.puts) {
          if (json === null) slices.delete(key);
          else slices.set(key, json);
        }
      }
      return sequence;
    };
    const parts = { log: { append }, standing, clock, settled: () => Promise.resolve() };
    const commands = createCommands(parts);
    const scene = { compound: site.compound, standing };
    return {
      standing,
      append,
      desk: createPostDesk({ scene, books: kept.books, commands, clock, work }),
    };
  }
  let now = open();
  return {
    clock,
    written: () => written,
    desk: () => now.desk,
    /** What the fold has in mind, by its titles. */
    inMind: () => [...now.standing.posts.all()].map(([, { title }]) => title),
    titles: async () => (await now.desk.posts({ state: 'current' })).map(({ title }) => title),
    /** The moment comes, and the gateway notices. */
    async comes(moment: string) {
      clock.moveTo(Date.parse(moment) as ReturnType<typeof clock.now>);
      await now.append([tick(clock.now())]);
    },
    /** Off, and on again at that moment with nothing but what was saved. */
    async restartsAt(moment: string) {
      clock.moveTo(Date.parse(moment) as ReturnType<typeof clock.now>);
      saved = { ...NOTHING_SAVED, slices: [...slices] };
      slices = new Map(slices);
      now = open();
      await now.append([started(clock.now())]);
    },
  };
}

/** What a desk granted. */
export function given<T>(
  answer:
    | { readonly ok: true; readonly value: T }
    | { readonly ok: false; readonly detail: string },
): T {
  if (!answer.ok) throw new Error(answer.detail);
  return answer.value;
}
