// The routes that people walk, with how their rounds stand.
import { Type } from 'typebox';
import type { Desk } from './desk.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { PatrolView } from './schemas.ts';

export const listPatrols = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'listPatrols',
      summary: 'The routes of the site file, each with its last round and whether one is overdue',
      response: { 200: Type.Array(PatrolView) },
    },
    () => desk.patrols(),
  );
