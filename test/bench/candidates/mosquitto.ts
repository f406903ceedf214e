// The broker in front of the peers that have none: Debian's mosquitto, as most people run it, but
// with a queue without end. With its own limit of 1,000 a consumer that pauses for a tenth of a
// second loses messages at the rates measured here, and the peers would lose by it.
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { freePort } from '../../tools.ts';
import type { Program } from '../program.ts';
import { startProgram } from '../program.ts';

export interface Broker extends Program {
  readonly port: number;
}

export async function startBroker(folder: string): Promise<Broker> {
  const port = await freePort();
  const config = path.join(folder, 'mosquitto.conf');
  const lines = [
    `listener ${port} 127.0.0.1`,
    'allow_anonymous true',
    'max_queued_messages 0',
    'log_type error',
    'user root',
  ];
  writeFileSync(config, `${lines.join('\n')}\n`);
  const program = await startProgram(['mosquitto', '-c', config], { isReady: () => opens(port) });
  return { ...program, port };
}

const opens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
