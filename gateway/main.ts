// The process edge: argv, environment, signals, exit code. Nothing else says `process`.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { obey } from './cli/program.ts';
import { EXIT, type Shell } from './cli/shell.ts';
import { Fault } from './domain/fault.ts';

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
  leave: (code) => {
    process.exitCode = code;
  },
  stopped: new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => resolve(signal));
  }),
};

// All that we make is ours alone: the store holds people's reports, the folders hold secrets.
process.umask(0o077);

try {
  await obey(shell, process.argv);
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  shell.complain(`courtyard: ${error.message}`);
  shell.complain(`  ${error.hint} (${error.code})`);
  process.exitCode = error.code.startsWith('config-') ? EXIT.usage : EXIT.fault;
}
