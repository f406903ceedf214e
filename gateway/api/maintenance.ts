// People at work on something: what is about it is watched on, and nobody is told of it until they are
// done. What was wrong before and is mended meanwhile is over all the same.
import { Type } from 'typebox';
import { attemptOf, CommandHeaders } from './command-headers.ts';
import type { AssetAction, Desk } from './desk.ts';
import { ById, endpoint, type Endpoint } from './endpoint.ts';
import { granted } from './problem.ts';
import { MaintenanceView, Text, When } from './schemas.ts';

const strict = { additionalProperties: false };
const BODIES = {
  maintain: Type.Object(
    { reason: Text, until: Type.Optional(When) },
    { ...strict, $id: 'StartMaintenance' },
  ),
  release: Type.Object({}, { ...strict, $id: 'EndMaintenance' }),
};

const SUMMARIES: Record<AssetAction['action'], string> = {
  maintain: 'Say that people are at work on it; until that is over it speaks to nobody',
  release: 'Say that the work is done',
};

export const listMaintenance = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'listMaintenance',
      summary: 'What people are at work on now',
      response: { 200: Type.Array(MaintenanceView) },
    },
    async () => desk.maintenance(),
  );

export const actOnAsset = (desk: Desk, action: AssetAction['action']): Endpoint =>
  endpoint(
    {
      operationId: `${action}Asset`,
      summary: SUMMARIES[action],
      params: ById,
      headers: CommandHeaders,
      body: BODIES[action],
      response: { 200: MaintenanceView },
      refusals: [404, 409, 422],
    },
    async ({ params, body, actor, headers }) => {
      const { key } = attemptOf(headers);
      const attempt = key === undefined ? {} : { key };
      return granted(
        await desk.assetAction({ id: params.id, action, body: { ...body }, actor, ...attempt }),
      );
    },
  );
