// What is printed and hung up: a code on each station, lamp, meter and building.
import type { Desk } from './desk.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { LabelsView } from './schemas-labels.ts';

export const listLabels = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'listLabels',
      summary: 'The labels of all stations, lamps, meters and buildings, to print',
      response: { 200: LabelsView },
    },
    async () => desk.labels(),
  );
