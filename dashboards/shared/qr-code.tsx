// A code for a telephone's camera. Always black on white, whatever the page wears, with the four empty
// modules round it that a reader needs (ISO/IEC 18004); a quarter of it may be dirty or torn.
// Its box is `--side` long times `--quiet`: the side of the code proper is what is measured.
import { useMemo } from 'preact/hooks';
import { modulesOf, pathOf, QUIET_MODULES } from './qr-path.ts';

interface QrCodeProps {
  /** What is read, to the letter. */
  readonly text: string;
  /** Said to who cannot see it. */
  readonly name: string;
}

export function QrCode({ text, name }: QrCodeProps) {
  const modules = useMemo(() => modulesOf(text), [text]);
  const side = modules.length;
  return (
    <svg
      class="qr"
      role="img"
      aria-label={name}
      viewBox={`0 0 ${side} ${side}`}
      shape-rendering="crispEdges"
      style={{ '--quiet': (side / (side - 2 * QUIET_MODULES)).toFixed(5) }}
    >
      <path fill="#ffffff" d={`M0 0h${side}v${side}h-${side}z`} />
      <path fill="#000000" d={pathOf(modules)} />
    </svg>
  );
}
