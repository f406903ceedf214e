// The two headers by which a person's command is made safe to send twice and safe against somebody
// else's: If-Match names the version that the caller saw, Idempotency-Key names the attempt.
import { Type, type Static } from 'typebox';

// A proxy that compresses weakens the tag on its way out; it means the same version.
const VERSION = /^(?:(?:W\/)?"(\d{1,9})"|(\d{1,9}))$/;

export const CommandHeaders = Type.Object({
  'if-match': Type.Optional(
    Type.String({
      pattern: VERSION.source,
      description: 'The version that the caller saw, as ETag gave it: "3". 409 where it moved on.',
    }),
  ),
  'idempotency-key': Type.Optional(
    Type.String({
      pattern: '^[!-~]{1,128}$',
      description: 'The same key again is answered again and done once.',
    }),
  ),
});
export type CommandHeaders = Static<typeof CommandHeaders>;

export function attemptOf(headers: CommandHeaders): { version?: number; key?: string } {
  const [, quoted, bare] = VERSION.exec(headers['if-match'] ?? '') ?? [];
  const version = quoted ?? bare;
  const key = headers['idempotency-key'];
  return {
    ...(version === undefined ? {} : { version: Number(version) }),
    ...(key === undefined ? {} : { key }),
  };
}
