// What is still to be told to one reader over one channel, and what they were told last.

export interface Mailbag {
  readonly id: string;
}
