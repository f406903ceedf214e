// The secrets of devices, for whoever installs them. A secret leaves the house once, in the answer that
// made it.
import { Type } from 'typebox';
import type { Desk } from './desk.ts';
import { ById, endpoint, type Endpoint } from './endpoint.ts';
import { granted } from './problem.ts';
import { NewSecretView, SecretView } from './schemas-secrets.ts';

const MakeSecret = Type.Object(
  {
    replace: Type.Optional(
      Type.Boolean({ description: 'Also where it has one, which then ends; false where left out' }),
    ),
  },
  { additionalProperties: false, $id: 'MakeDeviceSecret' },
);

export const listSecrets = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'listDeviceSecrets',
      summary: 'Which devices have a secret, and since when',
      response: { 200: Type.Array(SecretView) },
    },
    async () => desk.secrets(),
  );

export const makeSecret = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'makeDeviceSecret',
      summary: 'Give a device a secret, and show it once',
      description:
        'It is the device’s MQTT password, with its id as user name and client id, and its bearer ' +
        'token over HTTP. From then on nobody speaks for the device without it.',
      params: ById,
      body: MakeSecret,
      response: { 200: NewSecretView },
      refusals: [404, 409],
    },
    async ({ params, body, actor }) =>
      granted(await desk.makeSecret({ device: params.id, replace: body.replace ?? false, actor })),
  );

export const revokeSecret = (desk: Desk): Endpoint =>
  endpoint(
    {
      operationId: 'revokeDeviceSecret',
      summary: 'End a device’s secret and its connection; it is heard again with a new one',
      params: ById,
      response: { 200: SecretView },
      refusals: [404, 409],
    },
    async ({ params, actor }) => granted(await desk.revokeSecret({ device: params.id, actor })),
  );
