// One entry of the notice board.

export interface Post {
  readonly id: string;
}
