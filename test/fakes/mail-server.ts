// A mail server that says what RFC 5321 has it say, and nothing encrypted: it takes letters, or behaves
// as a test says at one step of the conversation. It remembers what it took, headers and all.
import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type Step = 'greeting' | 'EHLO' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'end';
export type MailTrouble = {
  readonly at: Step;
  /** Without words it hangs; `DROP` closes, `FLOOD` never comes to an end of its answer. */
  readonly say?: string;
  /** RCPT only: for these addresses only. */
  readonly of?: string;
};

export interface TakenLetter {
  readonly from: string;
  readonly to: readonly string[];
  /** As it came, its dots undone. */
  readonly text: string;
}

export interface MailServer {
  readonly port: number;
  readonly taken: TakenLetter[];
  connections(): number;
  /** For the next connections, one each. */
  trouble(...next: readonly (MailTrouble | undefined)[]): void;
  close(): Promise<void>;
}

interface Session {
  readonly socket: Socket;
  readonly trouble: MailTrouble | undefined;
  from: string;
  to: string[];
  /** Lines of the letter, while it is one. */
  letter: string[] | undefined;
}

export async function startMailServer(): Promise<MailServer> {
  const taken: TakenLetter[] = [];
  const troubles: (MailTrouble | undefined)[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    const session: Session = {
      socket,
      trouble: troubles.shift(),
      from: '',
      to: [],
      letter: undefined,
    };
    let rest = '';
    socket.on('data', (bytes) => {
      const lines = (rest + bytes.toString('utf8')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) hear(session, line, taken);
    });
    answer(session, 'greeting', '220 mail.test');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(close);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    taken,
    connections: () => connections,
    trouble: (...next) => void troubles.push(...next),
    close,
  };
}

function hear(session: Session, line: string, taken: TakenLetter[]): void {
  const { letter } = session;
  if (letter) {
    if (line !== '.') return void letter.push(line.replace(/^\./, ''));
    session.letter = undefined;
    return answer(session, 'end', '250 taken', () =>
      taken.push({ from: session.from, to: session.to, text: letter.join('\n') }),
    );
  }
  const [word = ''] = line.toUpperCase().split(/[ :]/);
  const [, address = ''] = /<([^>]*)>/.exec(line) ?? [];
  switch (word) {
    case 'EHLO':
      return answer(session, 'EHLO', '250-mail.test\r\n250-AUTH PLAIN\r\n250 8BITMIME');
    case 'AUTH':
      return answer(session, 'AUTH', '235 welcome');
    case 'MAIL':
      session.from = address;
      return answer(session, 'MAIL', '250 go on');
    case 'RCPT': {
      const { trouble } = session;
      const isOther = trouble?.of !== undefined && trouble.of !== address;
      return answer(
        isOther ? { ...session, trouble: undefined } : session,
        'RCPT',
        '250 known',
        () => session.to.push(address),
      );
    }
    case 'DATA':
      return answer(session, 'DATA', '354 go on', () => (session.letter = []));
    case 'QUIT':
      return void session.socket.end('221 bye\r\n');
    default:
      return void session.socket.write('250 whatever\r\n');
  }
}

function answer(
  { socket, trouble }: Session,
  step: Step,
  ...[usual, then = () => undefined]: [usual: string, then?: () => unknown]
): void {
  if (trouble?.at !== step) {
    then();
    return void socket.write(`${usual}\r\n`);
  }
  const { say } = trouble;
  if (say === 'DROP') return void socket.destroy();
  if (say === 'FLOOD') {
    const page = `220-${'x'.repeat(60_000)}`;
    const more = (): void => {
      while (!socket.destroyed && socket.write(page));
      socket.once('drain', more);
    };
    return more();
  }
  if (say !== undefined) socket.write(`${say}\r\n`);
}
