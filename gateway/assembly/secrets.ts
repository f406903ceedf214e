// The secrets of devices as an engineer handles them: looked over, made, revoked. What is made is
// shown once, and counts as soon as its digest is on disk: for HTTP at the next question, for MQTT at
// the next connection, and the connection that stands is ended.
import type { Answer, Desk } from '../api/desk.ts';
import type { SecretView } from '../api/schemas-secrets.ts';
import type { Device, DeviceId } from '../domain/asset.ts';
import type { DeviceSecret } from '../domain/device-secret.ts';
import type { Clock, Instant } from '../domain/time.ts';
import type { Note, TakeNote } from '../flow/noting.ts';
import { type DeviceTokens, digestOf, newSecret } from '../sources/device-tokens.ts';
import type { Secrets } from '../store/log.ts';

export interface SecretParts {
  readonly devices: ReadonlyMap<DeviceId, Device>;
  readonly tokens: DeviceTokens;
  readonly secrets: Secrets;
  readonly clock: Clock;
  /** Writes what was done down for the audit chain. */
  readonly note: TakeNote;
  /** Hears what was done, and by whom. */
  readonly onChange?: (facts: { device: DeviceId; by: string }, words: string) => void;
}

export function createSecretDesk(
  parts: SecretParts,
): Pick<Desk, 'secrets' | 'makeSecret' | 'revokeSecret'> {
  const { devices, tokens, secrets, clock, note, onChange = () => {} } = parts;
  const viewOf = viewsOf(tokens);

  async function keep(secret: DeviceSecret, done: Done): Promise<void> {
    await secrets.put(secret);
    tokens.change(secret);
    await note({ on: 'device', id: secret.device, ...done });
  }

  return {
    async secrets() {
      const since = new Map((await secrets.all()).map(({ device, at }) => [device, at]));
      return [...devices.values()].map((device) =>
        viewOf(device, tokens.stateOf(device.id) === 'file' ? undefined : since.get(device.id)),
      );
    },

    async makeSecret({ device: name, replace, actor }) {
      const device = devices.get(name);
      if (!device) return noSuchDevice(name);
      if (tokens.stateOf(name) === 'file') return isInFile(name);
      if (tokens.stateOf(name) === 'stored' && !replace) return hasOne(name);
      const before = tokens.stateOf(name);
      const token = newSecret();
      const at = clock.now();
      const done = { action: 'make-secret', actor, body: { before } } as const;
      await keep({ device: name, digest: digestOf(token), at }, done);
      onChange({ device: name, by: actor.by }, 'a device was given a secret');
      return { ok: true, value: { ...viewOf(device, at), token } };
    },

    async revokeSecret({ device: name, actor }) {
      const device = devices.get(name);
      if (!device) return noSuchDevice(name);
      if (tokens.stateOf(name) === 'file') return isInFile(name);
      if (tokens.stateOf(name) === 'none') return hasNone(name);
      const at = clock.now();
      await keep({ device: name, at }, { action: 'revoke-secret', actor, body: {} });
      onChange({ device: name, by: actor.by }, 'a device’s secret was revoked');
      return { ok: true, value: viewOf(device, at) };
    },
  };
}

const viewsOf =
  (tokens: DeviceTokens) =>
  ({ id, source }: Device, at?: Instant): SecretView => ({
    device: id,
    source,
    state: tokens.stateOf(id),
    ...(at !== undefined && { since: new Date(at).toISOString() }),
  });

type Done = Pick<Extract<Note, { on: 'device' }>, 'action' | 'actor' | 'body'>;

const refusal = (status: 404 | 409, title: string, detail: string): Answer<never> => ({
  ok: false,
  status,
  title,
  detail,
});

const noSuchDevice = (name: string): Answer<never> =>
  refusal(404, 'No such device', `the site file has no device ${name}`);

const hasOne = (name: string): Answer<never> =>
  refusal(409, 'It has one', `${name} has a secret already; ask to replace it, and it ends`);

const hasNone = (name: string): Answer<never> =>
  refusal(409, 'Nothing to revoke', `${name} has no secret`);

const isInFile = (name: string): Answer<never> =>
  refusal(
    409,
    'It is in a file',
    `the secret of ${name} is its secretFile’s, which the gateway reads at its start`,
  );
