import type { Desk } from './desk.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { CoverageView } from './schemas.ts';

export const readCoverage = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'readCoverage',
      summary: 'Buildings without a steward, and teams without anybody on duty',
      response: { 200: CoverageView },
    },
    async () => desk.coverage(),
  );
