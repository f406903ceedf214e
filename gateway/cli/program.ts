// Every command, with its words. What each does is in its own file, loaded only when it is asked for:
// a gateway that runs for years in a cupboard carries nothing of `replay`.
import { Command } from 'commander';
import type { DecodeOptions } from './decode.ts';
import type { DemoOptions } from './demo.ts';
import type { ReplayOptions } from './replay.ts';
import type { RunOptions } from './run.ts';
import { EXIT, type Shell } from './shell.ts';

const DEFAULT_SITE = 'config/site.yaml';

export function createProgram(shell: Shell): Command {
  const program = new Command('courtyard')
    .description('The edge gateway for sorting kiosks and courtyard lights.')
    .version(shell.version)
    .showHelpAfterError('(courtyard --help shows how)')
    .configureOutput({
      writeOut: (text) => shell.say(text.trimEnd()),
      writeErr: (text) => shell.complain(text.trimEnd()),
    })
    .addHelpText('after', EXAMPLES);
  // Commander would exit with 1, which is ours for a fault that was found.
  program.exitOverride((error) => shell.leave(error.exitCode === 0 ? EXIT.ok : EXIT.usage));
  addRunning(program, shell);
  addLooking(program, shell);
  for (const command of program.commands) command.copyInheritedSettings(program);
  return program;
}

const EXAMPLES = `
Examples:
  courtyard demo                          everything at once, simulated
  courtyard check -c config/site.yaml     every mistake in the site file
  courtyard run -c config/site.yaml       the gateway
  courtyard decode courtyard-line --line '$lamp-07,7,on=1,power=28.4*…'

Exit codes: 0 fine, 1 a fault, 2 wrong usage or site file, 3 not reachable.`;

function addRunning(program: Command, shell: Shell): void {
  program
    .command('run')
    .description('run the gateway until Ctrl-C or SIGTERM')
    .option('-c, --config <file>', 'the site file', DEFAULT_SITE)
    .option('-l, --log-level <level>', 'trace, debug, info, warn or error (default: info)')
    .action(async (options: RunOptions) => (await import('./run.ts')).run(shell, options));
  program
    .command('demo')
    .description('run the gateway with a simulated site: no hardware, no internet')
    .option('--port <port>', 'where the screens are; 0 for any free port', '8080')
    .option('--mqtt-port <port>', 'where the broker is; 0 for any free port', '1883')
    .option('--dir <folder>', 'where the demo keeps its state', 'data/demo')
    .option('--scenario <name>', 'begin with this one (courtyard sim --help lists them)')
    .option('--pace <times>', 'how many times busier than a real compound', '30')
    .option('-l, --log-level <level>', 'trace, debug, info, warn or error (default: warn)')
    .action(async (options: DemoOptions) => (await import('./demo.ts')).demo(shell, options));
  program
    .command('sim')
    .description('talk to the simulator: start scenarios, empty bins, mend lamps')
    .helpOption(false)
    .allowUnknownOption()
    .argument('[words...]', 'what to tell it (courtyard sim --help)')
    .action(async (words: string[]) => (await import('./sim.ts')).sim(shell, words));
}

function addLooking(program: Command, shell: Shell): void {
  program
    .command('check')
    .description('say every mistake in a site file, with its line and cure; starts nothing')
    .option('-c, --config <file>', 'the site file', DEFAULT_SITE)
    .option('--json', 'as one JSON object')
    .action(async (options: { config: string; json?: boolean }) =>
      (await import('./check.ts')).check(shell, options),
    );
  program
    .command('decode')
    .description('decode one message with one card; prints one JSON line')
    .argument('<name>', 'the decoder, as courtyard-line')
    .option('--line <text>', 'a line of text, without its line end')
    .option('--payload <text>', 'an MQTT payload')
    .option('--hex <hex>', 'the bytes as hexadecimal digits')
    .option('--topic <topic>', 'the topic that it came on')
    .option('--port <number>', 'the LoRaWAN port that it came on')
    .option('--options <json>', 'the decoder’s options')
    .action(async (name: string, options: DecodeOptions) =>
      (await import('./decode.ts')).decode(shell, name, options),
    );
  program
    .command('replay')
    .description('run a recorded file through the whole pipeline, on the recording’s own clock')
    .argument('<file>', 'the recording: csv, jsonl or geojson')
    .requiredOption('--map <file>', 'which column is what (YAML)')
    .requiredOption('-c, --config <file>', 'the site file')
    .option('--speed <times>', 'max, or how many times faster than it was recorded', 'max')
    .option('--json', 'one JSON object: readings, rejected, skipped, alarms, tickets')
    .action(async (file: string, options: Omit<ReplayOptions, 'file'>) =>
      (await import('./replay.ts')).replay(shell, { file, ...options }),
    );
}
