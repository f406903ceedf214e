// What stands at a bin's place: which container, its tare, whether it is in service.

export interface Container {
  readonly id: string;
}
