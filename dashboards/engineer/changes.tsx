import type { Words } from '../shared/words.ts';

/** What happened since somebody began to say what they want. */
export function Changes({ lines, words }: { lines: readonly string[]; words: Words }) {
  if (lines.length === 0) return null;
  return (
    <div class="changes" role="status">
      <b>{words.work.changed}</b>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}
