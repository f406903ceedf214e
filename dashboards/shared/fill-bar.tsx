interface FillBarProps {
  /** 0…1; undefined where it is unknown: the bar is then empty and hatched. */
  readonly fill: number | undefined;
  readonly limit: number | undefined;
  readonly state: string;
  /** What the bar says, for those who cannot see it. */
  readonly label: string;
}

const TICKS = [0.25, 0.5, 0.75, 1];
const percent = (ratio: number): string => `${Math.min(1, Math.max(0, ratio)) * 100}%`;

/** A vertical bar with four ticks, because the sensors are honest to a quarter. */
export function FillBar({ fill, limit, state, label }: FillBarProps) {
  const hatched = fill === undefined || state === 'stale' ? ' hatched' : '';
  return (
    <span class={`bar bar--${state}${hatched}`} role="img" aria-label={label}>
      {fill !== undefined && <span class="bar__fill" style={{ height: percent(fill) }} />}
      {TICKS.map((tick) => (
        <span class="bar__tick" key={tick} style={{ bottom: percent(tick) }} />
      ))}
      {limit !== undefined && <span class="bar__limit" style={{ bottom: percent(limit) }} />}
    </span>
  );
}
