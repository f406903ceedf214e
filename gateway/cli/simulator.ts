// The demo's simulator: a process of its own that knows nothing of the gateway but the wires.
// Promise: it never outlives us. Asked to stop it closes in order; where we are killed, the channel
// between us breaks, and it stops by that.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { EXIT, type ExitCode, type Shell } from './shell.ts';

export interface SimulatorOrders {
  /** The broker that its MQTT devices report to; tried again until it is there. */
  readonly broker: string;
  /** Where the link to its pseudo-terminal shall be. */
  readonly pty: string;
  /** Where the socket shall be by which it is asked and told. */
  readonly control: string;
  readonly pace: string;
  readonly scenario?: string;
}

/** Why a demo ends though nobody asked it to. */
export interface DemoTrouble {
  readonly words: string;
  readonly code: ExitCode;
}

export interface RunningSimulator {
  /** Resolves when its serial cable is in, or with its end where it ends before. */
  plugged(): Promise<DemoTrouble | undefined>;
  readonly ended: Promise<DemoTrouble>;
  /** Asks it to stop; resolves when it has. */
  stop(): Promise<void>;
}

/** The caller holds the folder that `pty` is in: a link found there was left by a killed demo. */
export function startSimulator(shell: Shell, orders: SimulatorOrders): RunningSimulator {
  rmSync(orders.pty, { force: true });
  const [node, ...flags] = shell.node;
  const child = spawn(node, [...flags, shell.simulator, ...wordsOf(orders)], {
    // Its own process group, so that Ctrl-C reaches it through us and in order.
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = endOf(child);
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    ended,
    async plugged() {
      while (!isOver() && !existsSync(orders.pty)) await pause(20);
      return isOver() ? ended : undefined;
    },
    async stop() {
      // The channel is an order too: while it stands, the simulator does not end.
      if (child.connected) child.disconnect();
      if (!isOver()) child.kill('SIGTERM');
      await ended;
    },
  };
}

function wordsOf({ broker, pty, control, pace, scenario }: SimulatorOrders): string[] {
  const wires = ['--mqtt', broker, '--pty', pty, '--control', control];
  const first = scenario === undefined ? [] : ['--scenario', scenario];
  return [...wires, '--every', '5s', '--pace', pace, ...first];
}

function endOf(child: ChildProcess): Promise<DemoTrouble> {
  return new Promise((resolve) => {
    child.once('error', ({ message }) =>
      resolve({ words: `the simulator did not start: ${message}`, code: EXIT.fault }),
    );
    child.once('exit', (code, signal) =>
      resolve({
        words: `the simulator ended (${code ?? signal})`,
        // It has said itself which of our words it could not use.
        code: code === EXIT.usage ? EXIT.usage : EXIT.fault,
      }),
    );
  });
}
