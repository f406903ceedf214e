// A password from whoever runs a command: typed on a terminal, where nothing of it is shown, or the
// first line of what is piped in. Never a word of the command line, which every other user can read.
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

interface Ends {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

/** Undefined where nothing came. */
export async function secretLine(
  { input, output }: Ends,
  prompt: string,
): Promise<string | undefined> {
  return input.isTTY === true ? typed({ input, output }, prompt) : piped(input);
}

async function typed({ input, output }: Ends, prompt: string): Promise<string | undefined> {
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: unseen, terminal: true });
  try {
    output.write(prompt);
    const line = await lines.question('');
    return line === '' ? undefined : line;
  } finally {
    output.write('\n');
    lines.close();
  }
}

async function piped(input: NodeJS.ReadableStream): Promise<string | undefined> {
  let text = '';
  for await (const chunk of input) {
    text += String(chunk);
    if (text.includes('\n') || text.length > 4096) break;
  }
  const [line = ''] = text.split(/\r?\n/, 1);
  return line === '' ? undefined : line;
}
