// One entry of the notice board on one line, as the stations' screens show it and its writer sees it
// before it is published. What somebody wrote is text, whatever is in it, and stays in its own direction.
import type { BoardLine as Entry } from '../../gateway/api/schemas.ts';
import type { Words } from './words.ts';

type Said = Pick<Entry, 'kind' | 'title' | 'from' | 'to'>;

export function BoardLine({ entry, words }: { entry: Said; words: Words }) {
  const days = daysOf(entry, words);
  return (
    <span class="board-line">
      <b class="board-line__kind">{words.board.kind[entry.kind]}</b>{' '}
      <bdi class="board-line__title">{entry.title}</bdi>
      {days !== '' && <span class="board-line__days"> {days}</span>}
    </span>
  );
}

/** `11-28`, `11-20 至 11-28`, `11-20 起`; nothing where no day was given. */
export function daysOf({ from, to }: Pick<Said, 'from' | 'to'>, { board }: Words): string {
  if (from !== undefined && to !== undefined) return board.days(inYear(from), inYear(to));
  if (from !== undefined) return board.fromDay(inYear(from));
  return to === undefined ? '' : board.toDay(inYear(to));
}

/** 2026-11-28 → 11-28 */
const inYear = (day: string): string => day.slice(5);
