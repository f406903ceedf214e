// The command line as a user meets it, without a process: what was said, what was complained of,
// and what it left with. And what its own help says it takes, for those who print commands.
import { obey } from '../../gateway/cli/program.ts';
import type { Shell } from '../../gateway/cli/shell.ts';
import { ROOT } from '../tools.ts';

export interface Spoken {
  readonly said: string;
  readonly complained: string;
  readonly code: number;
}

export async function speak(words: readonly string[], cwd: string = ROOT): Promise<Spoken> {
  const said: string[] = [];
  const complained: string[] = [];
  let code = 0;
  const shell: Shell = {
    env: {},
    home: ROOT,
    simulator: '',
    version: '0.0.0-test',
    node: [process.execPath],
    cwd,
    say: (line) => void said.push(line),
    complain: (line) => void complained.push(line),
    secret: async () => undefined,
    leave: (left) => void (code = left),
    abandon: () => undefined,
    stopped: new Promise<string>(() => undefined),
  };
  await obey(shell, ['node', 'courtyard', ...words]);
  return { said: said.join('\n'), complained: complained.join('\n'), code };
}

/** The commands under a command, and the options that it takes, both from its help. */
async function helpOf(
  words: readonly string[],
): Promise<{ readonly commands: readonly string[]; readonly options: readonly string[] }> {
  const { said } = await speak([...words, '--help']);
  const under = said.split(/^Commands:$/m)[1] ?? '';
  return {
    commands: [...under.matchAll(/^ {2}([a-z][\w|-]*)/gm)].map((match) => match[1] ?? ''),
    options: [...said.matchAll(/^ {2}(?:(-\w), )?(--[\w-]+)/gm)].flatMap((match) =>
      [match[1], match[2]].filter((word) => word !== undefined),
    ),
  };
}

/** What is wrong with a command as someone wrote it down; empty where it could be typed. */
export async function misspoken(line: string): Promise<string[]> {
  const words = wordsOf(line);
  const top = await helpOf([]);
  const [first = ''] = words;
  if (first.startsWith('-')) return unknown(words, top.options);
  if (!top.commands.includes(first)) return [`no command ${first}`];
  if (first === 'sim') return []; // its words are the simulator's own
  const own = await helpOf([first]);
  const deeper = words[1] !== undefined && own.commands.includes(words[1]) ? [words[1]] : [];
  const { options } = deeper.length === 0 ? own : await helpOf([first, ...deeper]);
  return unknown(words, options);
}

const unknown = (words: readonly string[], options: readonly string[]): string[] =>
  words
    .filter((word) => /^-{1,2}[a-z]/.test(word))
    .map((word) => word.split('=')[0] ?? word)
    .filter((word) => !options.includes(word))
    .map((word) => `no option ${word}`);

/** Words as a shell parts them, quotes and all; what follows a pipe or a comment is not ours. */
const wordsOf = (line: string): string[] =>
  [...line.replace(/\s(?:[|#>;&]).*$/, '').matchAll(/'[^']*'|"[^"]*"|\S+/g)].map(([word]) => word);
