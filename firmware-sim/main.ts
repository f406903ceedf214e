// The simulator's command line: runs the site, or talks to a simulator that runs already.
// Exit codes: 0 done · 1 could not · 2 wrong usage · 3 nobody answers at the socket.
import { writeFile } from 'node:fs/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Answer, Question } from './control.ts';
import { askSimulator, NotReachable } from './control.ts';
import { historySheet } from './history.ts';
import { readSpan } from './moment.ts';
import { SCENARIOS } from './scenarios/index.ts';
import { DEMO_SITE } from './site.ts';
import type { SimulatorOptions } from './simulator.ts';
import { runSimulator } from './simulator.ts';
import { Refusal } from './stage.ts';

const EXAMPLES = `
What there is:
  Station k1 (four bins) and lamps lamp-21 … lamp-26 speak frames on the serial line; station k2
  (three bins), lamps lamp-01 … lamp-06 and the water meter speak JSON by MQTT. Site: ${DEMO_SITE.place.id}.

Examples:
  A lively compound for a gateway on this machine:
    $ node firmware-sim/main.ts --mqtt mqtt://127.0.0.1:1883 --pty ./bins-line --pace 30 --control ./sim.sock
  From another terminal, let a bin overflow and then send the crew:
    $ node firmware-sim/main.ts do overflow --control ./sim.sock
    $ node firmware-sim/main.ts empty k1-wet --control ./sim.sock
  The year before the sensors came, as a sheet for the ledger:
    $ node firmware-sim/main.ts history --days 400 --until 2026-11-22 --out history.csv
  Only the serial line, one report a second, the same day every time:
    $ node firmware-sim/main.ts --pty ./bins-line --every 1s --seed 7

Exit codes: 0 done, 1 could not, 2 wrong usage, 3 nobody answers at the control socket.`;

const USAGE = 2;
const NOT_REACHABLE = 3;

interface RunFlags {
  readonly mqtt?: string;
  readonly pty?: string;
  readonly control?: string;
  readonly every: number;
  readonly pace: number;
  readonly crew: 'on' | 'off';
  readonly seed: number;
  readonly scenario?: readonly Choice[];
}

type Choice = NonNullable<SimulatorOptions['scenarios']>[number];

const program = new Command('firmware-sim')
  .description(
    'A compound that is not there: its bins, lamps and water main, seen by noisy sensors.',
  )
  .option('--mqtt <url>', 'broker that the MQTT devices report to, as mqtt://127.0.0.1:1883')
  .option('--pty <path>', 'symlink to make for the serial line; a gateway opens it as its port')
  .addOption(
    new Option('--every <span>', 'between two reports of one device: 500ms, 5s, 1m')
      .argParser(span)
      .default(5000, '5s'),
  )
  .option('--pace <times>', 'how much livelier than an ordinary day; 1 is ordinary', positive, 1)
  .addOption(
    new Option(
      '--crew <on|off>',
      'whether cleaners come by themselves: 5 min after a bin is full, and after each window',
    )
      .choices(['on', 'off'])
      .default('on'),
  )
  .option('--seed <number>', 'the same seed draws the same lots', positive, 1)
  .option('--scenario <name[:target]>', 'begin with this one; may be given again', choices)
  .option('--control <path>', 'Unix socket by which the commands below reach a running simulator')
  .helpOption('-h, --help', 'this page')
  .addHelpText('after', EXAMPLES)
  .showHelpAfterError('(--help says more)')
  .exitOverride()
  .action((flags: RunFlags) => run(flags));

program
  .command('do')
  .description('begin a scenario, or list them')
  .argument('[scenario]')
  .argument('[target]', 'the bin, lamp, circuit or line; each scenario has a usual one')
  .option('--list', 'what there is; with --control, also what plays now')
  .action((name: string | undefined, target: string | undefined, flags: { list?: boolean }) => {
    if (flags.list || name === undefined) return listScenarios();
    return ask({ method: 'POST', path: `/scenarios/${name}`, body: target ? { target } : {} });
  });
program
  .command('undo')
  .description('put right what a scenario broke')
  .argument('<scenario>')
  .action((name: string) => ask({ method: 'DELETE', path: `/scenarios/${name}` }));
program
  .command('empty')
  .description('send the crew to a bin')
  .argument('<bin>')
  .action((bin: string) => ask({ method: 'POST', path: `/bins/${bin}/empty` }));
program
  .command('fill')
  .description('bring a bin to a level, 1 being full')
  .argument('<bin>')
  .argument('<level>', 'such as 0.95', positive)
  .action((bin: string, to: number) =>
    ask({ method: 'POST', path: `/bins/${bin}/fill`, body: { to } }),
  );
program
  .command('mend')
  .description('give a dead lamp a new driver')
  .argument('<lamp>')
  .action((lamp: string) => ask({ method: 'POST', path: `/lamps/${lamp}/mend` }));
program
  .command('history')
  .description('write a sheet of days that were weighed by hand before: CSV, kilograms')
  .addOption(new Option('--days <count>', 'how many').argParser(count).default(400))
  .addOption(
    new Option('--until <date>', 'the last day, as 2026-11-22')
      .argParser(date)
      .makeOptionMandatory(),
  )
  .option('--out <file>', 'where to; standard output where it is left out')
  .action(async ({ out, ...orders }: { days: number; until: string; out?: string }) => {
    const { seed } = program.opts<RunFlags>();
    const sheet = historySheet(DEMO_SITE, { ...orders, seed });
    if (out === undefined) process.stdout.write(sheet);
    else await writeFile(out, sheet);
  });
program
  .command('world')
  .description('the truth, as JSON')
  .action(() => ask({ method: 'GET', path: '/world' }));

/** Runs until the terminal, a supervisor or the parent process says stop. */
async function run({ mqtt, pty, control, every, scenario, ...rest }: RunFlags): Promise<void> {
  if (mqtt === undefined && pty === undefined) {
    return program.error('nothing to speak through: give --mqtt, --pty or both', {
      exitCode: USAGE,
    });
  }
  const simulator = await runSimulator({
    ...rest,
    everyMs: every,
    scenarios: scenario ?? [],
    say: (line) => console.log(line),
    ...(mqtt === undefined ? {} : { mqtt }),
    ...(pty === undefined ? {} : { pty }),
    ...(control === undefined ? {} : { control }),
  });
  const asked = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'])
    process.once(signal, () => asked.resolve());
  await asked.promise;
  await simulator.stop();
}

async function ask(question: Question): Promise<void> {
  const { status, body } = await asked(question);
  if (status === 400 || status === 404) throw new Refusal(status, errorOf(body));
  if (status >= 400) throw new Error(errorOf(body));
  console.log(JSON.stringify(body, undefined, 2));
}

async function asked(question: Question): Promise<Answer> {
  const { control } = program.opts<RunFlags>();
  if (control !== undefined) return askSimulator(control, question);
  return program.error('which simulator? give its --control socket', { exitCode: USAGE });
}

const errorOf = (body: unknown): string =>
  typeof body === 'object' && body !== null && 'error' in body ? String(body.error) : 'refused';

async function listScenarios(): Promise<void> {
  const playing = await nowPlaying();
  for (const { name, title, aims, target, lastsMs, see } of SCENARIOS) {
    const lasts = lastsMs === null ? 'until undone' : `${lastsMs / 1000} s`;
    const now = playing.includes(name) ? '  (plays now)' : '';
    console.log(`${name}  ${title.en} · ${title.zh}${now}`);
    console.log(`  ${aims === 'site' ? '' : `${aims} ${target}, `}${lasts}\n  ${see.en}\n`);
  }
}

/** Where a control socket was given; without one nothing is known to play. */
async function nowPlaying(): Promise<readonly string[]> {
  if (program.opts<RunFlags>().control === undefined) return [];
  const { body } = await asked({ method: 'GET', path: '/scenarios' });
  const scenarios = body as readonly { readonly name: string; readonly playing: unknown }[];
  return scenarios.filter((each) => each.playing !== null).map((each) => each.name);
}

function span(text: string): number {
  const ms = readSpan(text);
  if (ms === undefined) throw new InvalidArgumentError('give a span such as 500ms, 5s or 1m.');
  return ms;
}

function positive(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0)) throw new InvalidArgumentError('give a number from 0.');
  return value;
}

function count(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0 && value <= 20_000) return value;
  throw new InvalidArgumentError('give a whole number from 1 to 20000.');
}

function date(text: string): string {
  const at = Date.parse(`${text}T00:00:00Z`);
  if (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at)) {
    if (new Date(at).toISOString().startsWith(text)) return text;
  }
  throw new InvalidArgumentError('give a date such as 2026-11-22.');
}

function choices(text: string, before: readonly Choice[] = []): readonly Choice[] {
  const [name = '', target] = text.split(':');
  return [...before, target === undefined ? { name } : { name, target }];
}

// Whoever read us has gone, as in `| head`: there is nobody left to speak to.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof Error && 'exitCode' in error) return error.exitCode === 0 ? 0 : USAGE;
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof NotReachable) return NOT_REACHABLE;
  return error instanceof Refusal && error.status !== 409 ? USAGE : 1;
}
