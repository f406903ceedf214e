// One report of a resident.

export interface Report {
  readonly id: string;
}
