// What is remembered of a bin's fill between two readings.

export interface FillLevel {
  readonly id: string;
}
