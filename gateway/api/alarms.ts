// Conditions that hold, or held. A person acknowledges one or shelves it for a while, with a reason;
// silence is never an acknowledgement, and there is no way to acknowledge all at once.
import { Type, type TSchema } from 'typebox';
import { attemptOf, CommandHeaders } from './command-headers.ts';
import type { AlarmAction, Desk } from './desk.ts';
import { ById, endpoint, type Endpoint } from './endpoint.ts';
import { granted } from './problem.ts';
import { AlarmView, Text, When, words } from './schemas.ts';
import { scopeOf } from './scope.ts';

export type AlarmVerb = AlarmAction['action'];

const strict = { additionalProperties: false };
const BODIES = {
  acknowledge: Type.Object({}, { ...strict, $id: 'AcknowledgeAlarm' }),
  // Without an end it lasts until the alarm next clears.
  shelve: Type.Object(
    { reason: Text, until: Type.Optional(When) },
    { ...strict, $id: 'ShelveAlarm' },
  ),
  unshelve: Type.Object({}, { ...strict, $id: 'UnshelveAlarm' }),
  'take-out': Type.Object({ reason: Text }, { ...strict, $id: 'TakeAlarmOut' }),
  'put-back': Type.Object({}, { ...strict, $id: 'PutAlarmBack' }),
} satisfies Record<AlarmVerb, TSchema>;

const SUMMARIES: Record<AlarmVerb, string> = {
  acknowledge: 'Say that a person has seen it',
  shelve: 'Set it aside until a time, or until it next clears, with a reason',
  unshelve: 'Take it back before its time',
  'take-out': 'Take this rule out of service on this asset, with a reason, until it is put back',
  'put-back': 'Put it back into service',
};

const OPERATIONS: Record<AlarmVerb, string> = {
  acknowledge: 'acknowledgeAlarm',
  shelve: 'shelveAlarm',
  unshelve: 'unshelveAlarm',
  'take-out': 'takeAlarmOut',
  'put-back': 'putAlarmBack',
};

export const listAlarms = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'listAlarms',
      summary: 'Conditions that hold now, or all that are on record',
      querystring: Type.Object(
        { state: Type.Optional(words(['active', 'all'], 'active where left out')) },
        strict,
      ),
      response: { 200: Type.Array(AlarmView) },
    },
    async ({ query, actor }) =>
      (await desk.alarms(query.state ?? 'active')).filter(scopeOf(actor, desk).hasAlarm),
  );

export const actOnAlarm = (desk: Desk, action: AlarmVerb): Endpoint =>
  endpoint(
    {
      operationId: OPERATIONS[action],
      summary: SUMMARIES[action],
      params: ById,
      headers: CommandHeaders,
      body: BODIES[action],
      response: { 200: AlarmView },
      refusals: [404, 409, 422],
    },
    async (request) => {
      const { params, body, actor } = request;
      const { key } = attemptOf(request.headers);
      const attempt = key === undefined ? {} : { key };
      return granted(
        await desk.alarmAction({ id: params.id, action, body: { ...body }, actor, ...attempt }),
      );
    },
  );
