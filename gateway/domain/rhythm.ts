// How a bin fills, by hour and weekday.

export interface Rhythm {
  readonly id: string;
}
