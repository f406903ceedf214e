// Every command, with its words. What each does is in its own file, loaded only when it is asked for:
// a gateway that runs for years in a cupboard carries nothing of `replay`.
import { Command, CommanderError, Option } from 'commander';
import type { BackupOptions } from './backup.ts';
import type { CheckAuditOptions } from './check-audit.ts';
import type { DecodeOptions } from './decode.ts';
import type { DemoOptions } from './demo.ts';
import type { DoctorOptions } from './doctor.ts';
import type { ExportOptions } from './export.ts';
import type { ImportOptions } from './import.ts';
import type { NoticeOptions } from './notice.ts';
import type { RehearseOptions } from './rehearse.ts';
import type { ReplayOptions } from './replay.ts';
import type { RestoreOptions } from './restore.ts';
import type { RunOptions } from './run.ts';
import { EXIT, type Shell } from './shell.ts';
import type { TokenOptions } from './token.ts';
import type { NewUserOptions, PasswordOptions, UserOptions } from './user.ts';

const DEFAULT_SITE = 'config/site.yaml';

/** Does what the words ask. Words that ask for nothing there is are answered on standard error. */
export async function obey(shell: Shell, argv: readonly string[]): Promise<void> {
  try {
    await createProgram(shell).parseAsync(argv);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Commander's own code would be 1, which is ours for a fault that was found.
    if (error.exitCode !== 0) shell.leave(EXIT.usage);
  }
}

function createProgram(shell: Shell): Command {
  const program = new Command('courtyard')
    .description('The edge gateway for sorting kiosks and courtyard lights.')
    .version(shell.version)
    .showHelpAfterError('(courtyard --help shows how)')
    .configureOutput({
      writeOut: (text) => shell.say(text.trimEnd()),
      writeErr: (text) => shell.complain(text.trimEnd()),
    })
    .addHelpText('after', EXAMPLES)
    .enablePositionalOptions()
    .exitOverride();
  addRunning(program, shell);
  addLooking(program, shell);
  addRehearsal(program, shell);
  addLedger(program, shell);
  addKeeping(program, shell);
  addUsers(program, shell);
  addTokens(program, shell);
  return program;
}

const EXAMPLES = `
Examples:
  courtyard demo                          everything at once, simulated
  courtyard check -c config/site.yaml     every mistake in the site file
  courtyard run -c config/site.yaml       the gateway
  courtyard decode courtyard-line --line '$meter-1,65535,volume=104522*7E2E'
  courtyard sim do overflow               in a second terminal: makes the demo's bin full

Exit codes: 0 fine, 1 a fault, 2 wrong usage or site file, 3 not reachable.`;

function addRunning(program: Command, shell: Shell): void {
  program
    .command('run')
    .description('run the gateway until Ctrl-C or SIGTERM')
    .option('-c, --config <file>', 'the site file', DEFAULT_SITE)
    .addOption(logLevel('info'))
    .action(async (options: RunOptions) => (await import('./run.ts')).run(shell, options));
  program
    .command('demo')
    .description('run the gateway with a simulated site: no hardware, no internet')
    .option('--port <port>', 'where the screens are; 0 for any free port', '8080')
    .option('--mqtt-port <port>', 'where the broker is; 0 for any free port', '1883')
    .option('--dir <folder>', 'where the demo keeps its state', 'data/demo')
    .option(
      '--scenario <name>',
      'begin with this one (courtyard sim do --list says which there are)',
    )
    .option('--pace <times>', 'how many times busier than a real compound', '30')
    .addOption(logLevel('warn'))
    .action(async (options: DemoOptions) => (await import('./demo.ts')).demo(shell, options));
  program
    .command('sim')
    .description('talk to the simulator: start scenarios, empty bins, mend lamps')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .argument('[words...]', 'what to tell it')
    .action(async (words: string[]) => (await import('./sim.ts')).sim(shell, words));
}

/** Without a default of its own, so that COURTYARD_LOG_LEVEL counts where nothing is said. */
const logLevel = (usual: string): Option =>
  new Option('-l, --log-level <level>', `how much the log says (usually ${usual})`).choices([
    'trace',
    'debug',
    'info',
    'warn',
    'error',
  ]);

function addLooking(program: Command, shell: Shell): void {
  program
    .command('check')
    .description('say every mistake in a site file, with its line and cure; starts nothing')
    .option('-c, --config <file>', 'the site file', DEFAULT_SITE)
    .option('--audit', 'instead: is the audit chain whole, and where not? also while it grows')
    .option('--store <folder>', 'with --audit: the store’s folder, where there is no site file')
    .option('--anchor <heads...>', 'with --audit: NUMBER:HASH as told, or a backup’s manifest')
    .option('--json', 'as one JSON object')
    .action(async ({ audit, ...options }: CheckAuditOptions & { readonly audit?: boolean }) =>
      audit
        ? (await import('./check-audit.ts')).checkAuditChain(shell, options)
        : (await import('./check.ts')).check(shell, options),
    );
  program
    .command('notice')
    .description('send one letter over a channel, to see whether it arrives')
    .argument('<channel>', 'the channel, as in the site file')
    .option('-c, --config <file>', 'the site file', DEFAULT_SITE)
    .option('--json', 'as one JSON object')
    .action(async (channel: string, options: NoticeOptions) =>
      (await import('./notice.ts')).tryNotice(shell, channel, options),
    );
  program
    .command('decode')
    .description('decode one message with one card; prints one JSON line')
    .argument('<name>', 'the decoder, such as courtyard-line; a wrong name lists them all')
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

/** What rules would have said: tried on the days that the store still holds. */
function addRehearsal(program: Command, shell: Shell): void {
  program
    .command('rehearse')
    .description('try changed rules on the days that are still kept; changes nothing')
    .option('-c, --config <file>', 'the site file, whose store is read', DEFAULT_SITE)
    .requiredOption('--with <file>', 'a copy of it with changed rules; only its rules count')
    .option('--from <day>', 'the first day: a date, or a moment with its zone (default: all kept)')
    .option('--to <day>', 'the last day')
    .option('--json', 'as one JSON object, with every alarm and ticket')
    .addHelpText('after', REHEARSAL)
    .action(async (options: RehearseOptions) =>
      (await import('./rehearse.ts')).rehearse(shell, options),
    );
}

const REHEARSAL = `
Shows by rule how many alarms and tickets the rules make as they are and as they would be, then
each alarm that would be raised newly, earlier, later or not at all. A gateway may run meanwhile.

Example:
  cp config/site.yaml tried.yaml          change a hold or a limit in the copy
  courtyard rehearse --with tried.yaml --from 2026-11-16`;

function addLedger(program: Command, shell: Shell): void {
  program
    .command('import')
    .description('take a tonnage sheet or a weigh log into the ledger; twice changes nothing')
    .argument('<file>', 'the sheet: csv, xlsx or jsonl')
    .requiredOption('--map <file>', 'which column is what (YAML)')
    .requiredOption('-c, --config <file>', 'the site file')
    .option('--dry-run', 'say what would be taken, replaced and left out; write nothing')
    .option('--json', 'the report as one JSON object')
    .action(async (file: string, options: Omit<ImportOptions, 'file'>) =>
      (await import('./import.ts')).importSheet(shell, { file, ...options }),
    );
  program
    .command('export')
    .description('write the ledger as a sheet')
    .argument('<format>', 'csv or xlsx')
    .requiredOption('-c, --config <file>', 'the site file')
    .option('--from <day>', 'the first day: a date, or a month')
    .option('--to <day>', 'the last day (default: today)')
    .option('--by <grain>', 'day, week or month', 'day')
    .option('-o, --out <file>', 'where to; csv goes to standard output without it')
    .option('--json', 'the same as one JSON object')
    .action(async (format: string, options: Omit<ExportOptions, 'format'>) =>
      (await import('./export.ts')).exportLedger(shell, { format, ...options }),
    );
}

function addKeeping(program: Command, shell: Shell): void {
  program
    .command('backup')
    .description('copy the store while the gateway runs; the copy is read back before it counts')
    .option('-c, --config <file>', 'the site file', DEFAULT_SITE)
    .option('--to <file>', 'a file, or a folder in which it is named after site and moment')
    .option('--json', 'as one JSON object')
    .action(async (options: BackupOptions) => (await import('./backup.ts')).backup(shell, options))
    .command('verify')
    .description('is a backup still what was written? by its SHA-256, then page by page')
    .argument('<file>', 'the backup; its manifest lies beside it as <file>.json')
    .option('--json', 'as one JSON object')
    .action(async (file: string, options: { json?: boolean }) =>
      (await import('./backup.ts')).backupVerify(shell, file, options),
    );
  program
    .command('restore')
    .description('put a backup in the store’s place; the gateway must be stopped')
    .argument('<file>', 'the backup; its manifest lies beside it as <file>.json')
    .option('-c, --config <file>', 'the site file', DEFAULT_SITE)
    .option('--force', 'also one that was taken at another site')
    .option('--json', 'as one JSON object')
    .action(async (file: string, options: Omit<RestoreOptions, 'file'>) =>
      (await import('./restore.ts')).restore(shell, { file, ...options }),
    );
  program
    .command('doctor')
    .description('look at ports, clock, disk, store, brokers and InfluxDB; change nothing')
    .option('-c, --config <file>', 'the site file', DEFAULT_SITE)
    .option('--json', 'as one JSON object')
    .action(async (options: DoctorOptions) => (await import('./doctor.ts')).doctor(shell, options));
}

function addUsers(program: Command, shell: Shell): void {
  const user = program
    .command('user')
    .description('who works here: the first admin, and the way back in for one who forgot');
  const under = (name: string, words: string): Command =>
    user
      .command(name)
      .description(words)
      .option('-c, --config <file>', 'the site file', DEFAULT_SITE)
      .option('--json', 'as JSON');
  under('add', 'add a person; the password is typed, piped in, or in a file')
    .argument('<name>', 'the sign-in name')
    .option('--role <role>', 'what they may do; the first one is the admin')
    .option('--name <name>', 'as people call them')
    .option('--team <team...>', 'whose work they do')
    .option('--building <building...>', 'in their charge')
    .option('--password-file <file>', 'its first line is the password')
    .action(async (id: string, options: NewUserOptions) =>
      (await import('./user.ts')).addUser(shell, id, options),
    );
  under('list', 'everybody, the disabled ones too').action(async (options: UserOptions) =>
    (await import('./user.ts')).listUsers(shell, options),
  );
  for (const [verb, state, words] of [
    ['disable', 'disabled', 'shut a person out at once, with every session and key'],
    ['enable', 'active', 'let a person in again'],
  ] as const)
    under(verb, words)
      .argument('<name>', 'the sign-in name')
      .action(async (id: string, options: UserOptions) =>
        (await import('./user.ts')).setUserState(shell, { id, state }, options),
      );
  under('password', 'set a person’s password; ends every session of theirs')
    .argument('<name>', 'the sign-in name')
    .option('--password-file <file>', 'its first line is the password')
    .action(async (id: string, options: PasswordOptions) =>
      (await import('./user.ts')).setUserPassword(shell, id, options),
    );
}

function addTokens(program: Command, shell: Shell): void {
  const token = program
    .command('token')
    .description('the secrets by which devices show who they are, over HTTP and MQTT');
  token
    .command('create')
    .description('make a device’s token and show it once; at once where a gateway runs')
    .argument('<device>', 'the device, as in the site file')
    .option('-c, --config <file>', 'the site file', DEFAULT_SITE)
    .option('--force', 'also where it has one, which then ends')
    .option('--json', 'as one JSON object')
    .action(async (device: string, options: TokenOptions) =>
      (await import('./token.ts')).createToken(shell, device, options),
    );
  token
    .command('list')
    .description('which devices have a token; shows none of them')
    .option('-c, --config <file>', 'the site file', DEFAULT_SITE)
    .option('--json', 'as one JSON array')
    .action(async (options: TokenOptions) =>
      (await import('./token.ts')).listTokens(shell, options),
    );
  token
    .command('revoke')
    .description(
      'end a device’s token, and its connection; nobody speaks for it until it has a new one',
    )
    .argument('<device>', 'the device, as in the site file')
    .option('-c, --config <file>', 'the site file', DEFAULT_SITE)
    .option('--json', 'as one JSON object')
    .action(async (device: string, options: TokenOptions) =>
      (await import('./token.ts')).revokeToken(shell, device, options),
    );
}
