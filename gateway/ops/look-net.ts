// Ports of our own and addresses of others, by trying: does somebody answer there?
import { connect } from 'node:net';
import { milliseconds, type Duration } from '../domain/time.ts';
import { fault, ok, unreachable, type Finding } from './finding.ts';
import type { GatewayState } from './look-serial.ts';

export interface Door {
  /** `HTTP`, `broker broker`. */
  readonly about: string;
  readonly host: string;
  readonly port: number;
}

const PATIENCE = milliseconds(3000);

/** A door of ours: open where the gateway runs, and nobody else's where it does not. */
export async function lookAtDoor(door: Door, gateway: GatewayState): Promise<Finding> {
  const { about, host, port } = door;
  const place = `${host}:${port}`;
  const answers = (await knock(door, PATIENCE)) === 'open';
  if (gateway === 'running') {
    return answers
      ? ok(about, `the gateway answers on ${place}`)
      : unreachable(
          about,
          `the gateway runs and ${place} does not answer`,
          'Read its log: `journalctl -u courtyard`.',
        );
  }
  return answers
    ? fault(
        about,
        `another program holds ${place}`,
        `\`sudo ss -ltnp 'sport = :${port}'\` names it; stop it or take another port.`,
      )
    : ok(about, `${place} is free`);
}

/** A door of others, which must be open. */
export async function lookBeyond(door: Door): Promise<Finding> {
  const place = `${door.host}:${door.port}`;
  const answer = await knock(door, PATIENCE);
  return answer === 'open'
    ? ok(door.about, `${place} answers`)
    : unreachable(door.about, `${place}: ${answer}`, 'Is it running, and is the address right?');
}

/** `open`, or why not, in words. */
function knock({ host, port }: Pick<Door, 'host' | 'port'>, within: Duration): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: within });
    const answer = (words: string) => (): void => {
      socket.destroy();
      resolve(words);
    };
    socket.once('connect', answer('open'));
    socket.once('timeout', answer('no answer'));
    socket.once('error', (error: NodeJS.ErrnoException) => answer(error.code ?? error.message)());
  });
}
