// Readings by HTTP. The body goes to the device's decoder as it came: parsing it here would lose what
// makes a message the same when it is sent again.
import { Type } from 'typebox';
import type { Desk } from './desk.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { granted, problem, Refused } from './problem.ts';
import { ReadingsView } from './schemas.ts';

/** RFC 6750, 2.1; the scheme's name in any case. */
const BEARER = /^bearer +([!-~]+) *$/i;

const Telemetry = Type.Object(
  {
    seq: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 65_535,
        description: 'The device’s counter; the same seq and bytes within 60 s count once',
      }),
    ),
    at: Type.Optional(
      Type.Union([Type.String(), Type.Integer()], {
        description: 'When it was measured: ISO 8601 with zone, or milliseconds since 1970',
      }),
    ),
  },
  {
    $id: 'Telemetry',
    additionalProperties: { anyOf: [{ type: 'number' }, { type: 'boolean' }] },
    description:
      'A quantity, or <channel>.<quantity>, and its number each: gateway/sources/WIRE.md',
  },
);

const Posted = Type.Union([Telemetry, Type.Array(Telemetry)], {
  $id: 'PostedReadings',
  description: 'One message, or a backlog of them, oldest first',
});

export const postReadings = (desk: Desk): Endpoint => ({
  ...endpoint(
    {
      operationId: 'postReadings',
      summary: 'What a device measured; answered once it is on disk',
      description:
        'Devices of other decoders post what those read. 422 where nothing of it could be taken, and sending it again would not help. After ' +
        'a 503, send the same again, with the same seq.',
      security: [{ deviceToken: [] }],
      body: Posted,
      response: { 200: ReadingsView },
      refusals: [401, 422],
    },
    async (request) => {
      const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
      if (token === undefined) {
        throw new Refused(problem(401, 'Send authorization: Bearer, and the device’s token.'));
      }
      const bytes = request.body as unknown as Uint8Array; // `takes` says so
      return granted(await desk.takeReadings({ token, bytes }));
    },
  ),
  takes: 'bytes',
});
