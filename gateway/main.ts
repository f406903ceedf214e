// The process edge: argv, environment, signals, exit code. Nothing else says `process`.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { obey } from './cli/program.ts';
import { secretLine } from './cli/secret-line.ts';
import { complainOf, EXIT, faultsIn, type Shell } from './cli/shell.ts';

const here = fileURLToPath(import.meta.url);
/** Source or build: the simulator of the same kind stands beside us. */
const simulator = path.resolve(path.dirname(here), `../firmware-sim/main${path.extname(here)}`);
const home = homeOf(path.dirname(here));

function homeOf(folder: string): string {
  const isHome = existsSync(path.join(folder, 'package.json'));
  return isHome ? folder : homeOf(path.dirname(folder));
}

function versionIn(folder: string): string {
  const facts = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    version: string;
  };
  return facts.version;
}

const shell: Shell = {
  env: process.env,
  home,
  simulator,
  version: versionIn(home),
  node: [process.execPath, ...process.execArgv],
  cwd: process.cwd(),
  say: (line) => void process.stdout.write(`${line}\n`),
  complain: (line) => void process.stderr.write(`${line}\n`),
  secret: (prompt) => secretLine({ input: process.stdin, output: process.stderr }, prompt),
  leave: (code) => {
    process.exitCode = code;
  },
  // Leaving in order would wait for the store's thread, which waits for the disk.
  abandon: () => void process.kill(process.pid, 'SIGKILL'),
  stopped: new Promise((resolve) => {
    // Listened to for good: with nobody listening, a second signal would kill us while we close.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => resolve(signal));
    // Whoever read us has gone, as in `| head`: there is nobody left to speak to.
    for (const out of [process.stdout, process.stderr])
      out.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EPIPE') throw error;
        resolve('nobody reads it any more');
      });
  }),
};

// All that we make is ours alone: the store holds people's reports, the folders hold secrets.
process.umask(0o077);

try {
  await obey(shell, process.argv);
} catch (error) {
  const faults = faultsIn(error);
  if (!faults) throw error;
  for (const fault of faults) complainOf(shell, fault);
  process.exitCode = exitFor(faults.map(({ code }) => code));
}

function exitFor(codes: readonly string[]): number {
  if (codes.some((code) => code.startsWith('config-'))) return EXIT.usage;
  return codes.includes('gateway-unreachable') ? EXIT.unreachable : EXIT.fault;
}
