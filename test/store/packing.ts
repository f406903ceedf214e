// Writes as the writer's thread gets them, for tests of what becomes of them there.
import {
  createSeriesBook,
  openGroup,
  type PackedGroup,
  type SeriesBook,
} from '../../gateway/store/packed-group.ts';
import type { Write } from '../../gateway/store/write-group.ts';

/** With the names of all series that the book has. */
export function packGroup(
  group: readonly Write[],
  book: SeriesBook = createSeriesBook(),
): PackedGroup {
  const open = openGroup(book);
  for (const write of group) open.add(write);
  const { rows, writes } = open.take();
  return { rows: { ...rows, series: book.names }, writes };
}
