// A picture for each thing that a resident meets: lines of one weight on a square of 24, drawn here.
// The word below it says the same, so the picture itself is hidden from those who listen.
import { html, type Html } from './html.ts';
import type { Met } from './words-zh.ts';

const LINES: Readonly<Record<Met, string>> = {
  'bin-full': 'M5 10h14l-1.5 11h-11zM4 10h16M7 10l1-4 3 2 2-5 3 4 2-1 0 4',
  'bin-room-dirty': 'M4 21V11l8-6 8 6v10zM9 17c0-2 2-2 2-4M13 17c0-2 2-2 2-4',
  dumping: 'M3 20c0-5 1-8 4-8s4 3 4 8zM7 12V9M12 20c0-6 1-10 4.5-10S21 14 21 20zM16.5 10V7M2 20h20',
  'bin-broken': 'M5 9h14l-1.5 12h-11zM3 7l8-3 1 2 9-1M12 9l-2 4 4 2-2 6',
  lamp: 'M8 15a5.5 5.5 0 1 1 8 0v2H8zM9 20h6M10 22h4M3 3l18 18',
  electricity: 'M13 2L5 13h6l-1 9 9-12h-6z',
  'water-leak':
    'M3 5h9a4 4 0 0 1 4 4v2M3 9h8M13 11h6M16 14c2 3 2.5 4 2.5 5a2.5 2.5 0 0 1-5 0c0-1 .5-2 2.5-5',
  drain: 'M3 4h18v4H3zM7 8v12M12 8v8M17 8v12M9 20h6',
  manhole: 'M3 15a9 4 0 1 0 18 0a9 4 0 1 0-18 0M8 14l8 2M8 17l8-3M12 3v4M12 9v.5',
  'fire-lane-blocked': 'M4 8h16v6H4zM8 8l-3 6M14 8l-3 6M20 8l-3 6M6 14v7M18 14v7M12 2v3',
  'flying-wire-charging': 'M3 3c3 6 8 2 9 7M9 10h6v4a3 3 0 0 1-6 0zM10.5 10V7M13.5 10V7M12 17v4h8',
  lift: 'M4 3h16v18H4zM12 3v18M8 9l-1.5 2h3zM16 14l-1.5-2h3z',
  greenery: 'M12 22v-8M12 14c-5 0-7-3-7-6s3-5 7-5 7 2 7 5-2 6-7 6M12 17l4-3M5 22h14',
  ads: 'M5 3h14v18l-4-3H5zM8 7h8M8 11h8M8 14h5',
  noise: 'M3 9h4l5-5v16l-5-5H3zM15 9c1.5 2 1.5 4 0 6M18 6c3 4 3 8 0 12',
  other: 'M5 12h.01M12 12h.01M19 12h.01M3 5h18v14H9l-4 3v-3H3z',
};

export const pictogram = (of: Met): Html =>
  html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d="${LINES[of]}" />
  </svg>`;
