// A patrol's round under way.

export interface Round {
  readonly id: string;
}
