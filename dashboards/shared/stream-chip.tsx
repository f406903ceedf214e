// Which stream a bin is of: pictogram, word and colour together. The colour is the stream's
// identity and never a state, so it stays inside this small chip and is never a tile's fill.
import type { ComponentChildren } from 'preact';
import type { AssetView } from '../../gateway/api/schemas.ts';

type Stream = NonNullable<AssetView['stream']>;

const PICTOGRAMS: Readonly<Record<Stream, ComponentChildren>> = {
  wet: <path d="M3 12h13M6 8v8M9.5 7v10M13 8.5v7M16 12l5-4v8z" />,
  dry: <path d="M4 9h16l-1.8 12H5.8zM12 2v9M8.8 7.5 12 11l3.2-3.5" />,
  recyclable: <path d="M8.5 8 12 2.5 15.5 8M17.5 11l3.5 6.5h-6.5M9.5 17.5H3L6.5 11M12 2.5V8" />,
  hazardous: <path d="M8 5h8v16H8zM10.5 5V2.5h3V5M10 10l4 6M14 10l-4 6" />,
};

export function StreamChip({ stream, word }: { stream: Stream; word: string }) {
  return (
    <span class={`chip chip--${stream}`}>
      <svg
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        stroke-linejoin="round"
        stroke-linecap="round"
        aria-hidden="true"
      >
        {PICTOGRAMS[stream]}
      </svg>
      {word}
    </span>
  );
}
