// The part of the Compose Specification that our file uses, closed: an unknown key or a value of
// another shape is a mistake. No container engine is needed, and none has run the file in CI.
import { Type } from 'typebox';

const Words = Type.Array(Type.String({ minLength: 1 }), { minItems: 1 });
const Span = Type.String({ pattern: '^(\\d+(\\.\\d+)?(us|ms|s|m|h))+$' });
const Name = '^[a-zA-Z0-9._-]+$';

const closed = <T extends Parameters<typeof Type.Object>[0]>(shape: T) =>
  Type.Object(shape, { additionalProperties: false });

const Healthcheck = closed({
  test: Type.Array(Type.String(), { minItems: 2 }),
  interval: Span,
  timeout: Span,
  start_period: Type.Optional(Span),
  retries: Type.Integer({ minimum: 1 }),
});

const Service = closed({
  image: Type.String({ pattern: '^[a-z0-9./_-]+:[\\w.-]+$' }),
  build: Type.Optional(Type.String()),
  profiles: Type.Optional(Type.Array(Type.String({ pattern: '^[a-zA-Z0-9][a-zA-Z0-9_.-]+$' }))),
  init: Type.Optional(Type.Boolean()),
  restart: Type.Optional(Type.Enum(['no', 'always', 'on-failure', 'unless-stopped'])),
  network_mode: Type.Optional(Type.Enum(['host', 'none', 'bridge'])),
  read_only: Type.Optional(Type.Boolean()),
  tmpfs: Type.Optional(Words),
  cap_drop: Type.Optional(Words),
  security_opt: Type.Optional(Words),
  group_add: Type.Optional(Words),
  device_cgroup_rules: Type.Optional(
    Type.Array(Type.String({ pattern: '^[acb] (\\d+|\\*):(\\d+|\\*) [rwm]+$' })),
  ),
  command: Type.Optional(Words),
  environment: Type.Optional(Type.Record(Type.String({ pattern: '^[A-Z_]+$' }), Type.String())),
  ports: Type.Optional(
    Type.Array(Type.String({ pattern: '^\\d+\\.\\d+\\.\\d+\\.\\d+:\\d+:\\d+$' })),
  ),
  volumes: Type.Optional(Type.Array(Type.String({ pattern: '^[^:]+:/[^:]*(:ro)?$' }))),
  depends_on: Type.Optional(
    Type.Record(
      Type.String({ pattern: Name }),
      closed({
        condition: Type.Enum([
          'service_started',
          'service_healthy',
          'service_completed_successfully',
        ]),
      }),
    ),
  ),
  healthcheck: Type.Optional(Healthcheck),
});

export const ComposeFile = closed({
  name: Type.String({ pattern: '^[a-z0-9][a-z0-9_-]*$' }),
  services: Type.Record(Type.String({ pattern: Name }), Service),
  volumes: Type.Record(Type.String({ pattern: Name }), Type.Null()),
});
