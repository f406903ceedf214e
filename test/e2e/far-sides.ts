// Local servers that behave as the far sides of each kind of channel do, and the lines of a site file that
// lead to them.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { startMailServer, type MailServer } from '../fakes/mail-server.ts';
import { startRobot, type RobotKind, type RobotServer } from '../fakes/robot-server.ts';
import { wallClock } from '../fakes/wall-clock.ts';
import { startReceiver, type Receiver } from '../notify/receiver.ts';
import { temporaryFolder } from '../tools.ts';

export const ROBOTS = ['wecom', 'dingtalk', 'feishu'] as const satisfies readonly RobotKind[];

export interface FarSides {
  readonly robots: readonly { readonly kind: RobotKind; readonly robot: RobotServer }[];
  readonly mail: MailServer;
  /** Told letters only. */
  readonly web: Receiver;
  /** What stands under `channels`: wecom, dingtalk, feishu, mail, web. */
  readonly channels: string;
}

const [SECRET, LET] = ['a-key-to-sign-with', 'allowPrivate: true'];

export async function farSides(): Promise<FarSides> {
  const folder = temporaryFolder();
  const keyFile = path.join(folder, 'key');
  writeFileSync(keyFile, SECRET, { mode: 0o600 });
  const robots = await Promise.all(
    ROBOTS.map(async (kind) => {
      const isSigned = kind !== 'wecom';
      const signed = isSigned && { secret: SECRET };
      const robot = await startRobot({ kind, clock: wallClock(), ...signed });
      const urlFile = path.join(folder, kind);
      writeFileSync(urlFile, robot.url, { mode: 0o600 });
      const keys = isSigned ? `, secretFile: ${keyFile}` : '';
      const line = `{ id: ${kind}, kind: ${kind}, urlFile: ${urlFile}, allowHosts: [127.0.0.1], ${LET}${keys} }`;
      return { kind, robot, line };
    }),
  );
  const mail = await startMailServer();
  const web = await startReceiver(() => 204);
  const lines = [
    ...robots.map(({ line }) => line),
    `{ id: mail, kind: email, host: 127.0.0.1, port: ${mail.port}, secure: none, from: yard@example.com, to: [li@example.com], ${LET} }`,
    `{ id: web, kind: webhook, url: "${web.url}", severities: [], ${LET} }`,
  ];
  const channels = lines.map((line) => `  - ${line}\n`).join('');
  return { robots, mail, web, channels };
}
