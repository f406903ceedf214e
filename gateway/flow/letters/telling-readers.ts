// Everybody who is told: the readers of the site file, and every person who has said how they are to
// be reached. Whoever names a channel that the site file no longer has is told nothing over it.
import type { Person } from '../../domain/person.ts';
import { DEFAULT_QUIET, type Reach } from '../../domain/reach.ts';
import type { NoticeSettings, Reader } from '../../domain/reader.ts';
import type { Slices } from '../../domain/slices.ts';

export interface Readers {
  all(): readonly Reader[];
  get(id: string): Reader | undefined;
  /** Somebody was put into the book of people. */
  forget(): void;
  /** Whether that was so since the last time of asking. */
  haveChanged(): boolean;
}

export function createReaders(settings: NoticeSettings, people: Slices<Person>): Readers {
  let known: ReadonlyMap<string, Reader> | undefined;
  let isNew = false;
  const now = (): ReadonlyMap<string, Reader> => {
    known ??= new Map(readersOf(settings, people).map((reader) => [reader.id, reader]));
    return known;
  };
  return {
    all: () => [...now().values()],
    get: (id) => now().get(id),
    forget() {
      known = undefined;
      isNew = true;
    },
    haveChanged() {
      const was = isNew;
      isNew = false;
      return was;
    },
  };
}

function readersOf({ readers, channels }: NoticeSettings, people: Slices<Person>): Reader[] {
  const persons = [...people.all()]
    .filter(([, { state }]) => state === 'active')
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  return [
    ...readers,
    ...persons.flatMap(([id, { reach = [] }]) => reach.map((wish) => readerOf(id, wish))),
  ].filter(({ over }) => channels.includes(over));
}

/** A colon is in no id of the site file. */
const readerOf = (person: string, { channel, to, severities, quiet }: Reach): Reader => ({
  id: `person:${person}:${channel}`,
  who: { kind: 'person', person },
  over: channel,
  ...(to !== undefined && { to }),
  ...(severities && { severities }),
  quiet: quiet ?? DEFAULT_QUIET,
  digests: [],
});
