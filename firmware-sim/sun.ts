// Whether it is dark at a place: after the sun's upper edge set and before it rises again.
import { getPosition, getTimes } from 'suncalc';
import { DAY } from './moment.ts';

export interface Coordinates {
  /** Degrees north and east. */
  readonly latitude: number;
  readonly longitude: number;
}

export function isDark(at: number, { latitude, longitude }: Coordinates): boolean {
  // The three days about `at` hold the last rise or set whatever the place's offset from UTC.
  const changes = [at - DAY, at, at + DAY].flatMap((noon) => {
    const { sunrise, sunset } = getTimes(new Date(noon), latitude, longitude);
    return [
      { at: sunrise?.getTime(), dark: false },
      { at: sunset?.getTime(), dark: true },
    ];
  });
  const last = changes
    .filter((change) => change.at !== undefined && change.at <= at)
    .sort((a, b) => (a.at ?? 0) - (b.at ?? 0))
    .at(-1);
  // Where the sun neither rises nor sets for days, its height decides.
  return last?.dark ?? getPosition(new Date(at), latitude, longitude).altitude < 0;
}
