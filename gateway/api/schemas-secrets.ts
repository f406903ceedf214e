// The secrets of devices as JSON: which there are, and the one time that one is shown.
import { type Static, Type } from 'typebox';
import { When, words } from './schema-words.ts';

const facts = {
  device: Type.String(),
  source: Type.String({ description: 'Over which it speaks' }),
  state: words(
    ['none', 'file', 'stored', 'revoked'],
    'none: anyone on this machine may speak for it; file: its secretFile’s; revoked: none fits',
  ),
  since: Type.Optional(When),
};

export const SecretView = Type.Object(facts, { $id: 'DeviceSecret' });

export const NewSecretView = Type.Object(
  { ...facts, token: Type.String({ description: 'Shown this once: 128 random bits, base64url' }) },
  { $id: 'NewDeviceSecret' },
);

export type SecretView = Static<typeof SecretView>;
export type NewSecretView = Static<typeof NewSecretView>;
