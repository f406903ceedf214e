// One mail server, by nodemailer over a connection of our own making: the name is looked up by us, and
// the very address that was judged is the one that is connected to. Loaded only where mail is sent.
import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import type { SentMessageInfo } from 'nodemailer/lib/smtp-transport/index.js';
import { type Duration, formatDuration, seconds } from '../domain/time.ts';
import { isPublic } from './public-address.ts';

export interface PostboxPlace {
  readonly host: string;
  readonly port: number;
  /** Encrypted after STARTTLS or not at all; from the first byte; never. */
  readonly secure: 'starttls' | 'tls' | 'none';
  readonly username?: string;
  readonly password?: string;
  readonly allowPrivate: boolean;
}

export interface Postbox {
  /** Rejects where the server took it for nobody. */
  send(letter: {
    readonly from: string;
    readonly to: readonly string[];
    readonly subject: string;
    readonly text: string;
    readonly html: string;
    readonly messageId: string;
    readonly headers: Readonly<Record<string, string>>;
  }): Promise<Delivered>;
  /** Cuts short what is under way. */
  close(): void;
}

export interface Delivered {
  readonly accepted: readonly string[];
  readonly rejected: readonly { readonly address: string; readonly code: number }[];
}

interface PostboxParts {
  /** As the app gives it: it finds only what may be reached. */
  readonly lookup: LookupFunction;
  readonly patience?: Patience;
}

interface Patience {
  /** For each step: connecting, the greeting, each answer. */
  readonly step: Duration;
  readonly whole: Duration;
}

const PATIENCE: Patience = { step: seconds(10), whole: seconds(60) };

export function createPostbox(place: PostboxPlace, parts: PostboxParts): Postbox {
  const { patience = PATIENCE } = parts;
  const sockets = new Set<Socket>();
  let isClosed = false;
  const open = async (): Promise<Socket> => {
    const socket = await connection(place, { ...parts, patience, sockets });
    socket.once('close', () => sockets.delete(socket));
    return socket;
  };
  return {
    async send({ to, headers, ...letter }) {
      const { createTransport } = await import('nodemailer');
      if (isClosed) throw new Error('closing');
      const socket = await open();
      const transport = createTransport({
        ...wayOf(place, patience),
        getSocket: (_options: unknown, give: (error: null, with_: object) => void) =>
          give(null, { connection: socket }),
      });
      const timer = setTimeout(() => socket.destroy(tooLong(patience.whole)), patience.whole);
      try {
        const message = { ...letter, ...SEALED, to: [...to], headers: { ...headers } };
        return deliveredOf(await transport.sendMail(message));
      } catch (error) {
        throw isClosed ? new Error('closing', { cause: error }) : error;
      } finally {
        clearTimeout(timer);
        transport.close();
        socket.destroy();
      }
    },
    close() {
      isClosed = true;
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** No part of a letter is fetched from anywhere. */
const SEALED = { disableFileAccess: true, disableUrlAccess: true } as const;

const tooLong = (span: Duration): Error => new Error(`no end within ${formatDuration(span)}`);

function wayOf(place: PostboxPlace, { step }: Patience) {
  const { host, port, secure, username, password } = place;
  return {
    host,
    port,
    secure: secure === 'tls',
    requireTLS: secure === 'starttls',
    ignoreTLS: secure === 'none',
    connectionTimeout: step,
    greetingTimeout: step,
    socketTimeout: step,
    ...(username !== undefined && { auth: { user: username, pass: password ?? '' } }),
  };
}

interface Reach extends PostboxParts {
  readonly patience: Patience;
  readonly sockets: Set<Socket>;
}

function connection(place: PostboxPlace, { lookup, patience, sockets }: Reach): Promise<Socket> {
  const { host, port, allowPrivate } = place;
  // An address is not looked up, so it is judged here.
  if (isIP(host) !== 0 && !allowPrivate && !isPublic(host)) {
    return Promise.reject(new Error(`${host} is a private address`));
  }
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, lookup });
    sockets.add(socket);
    const timer = setTimeout(() => socket.destroy(tooLong(patience.step)), patience.step);
    const fail = (error?: Error): void => {
      clearTimeout(timer);
      sockets.delete(socket);
      reject(error instanceof Error ? named(error) : new Error('closing'));
    };
    socket.once('error', fail);
    socket.once('close', fail);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', fail);
      socket.off('close', fail);
      resolve(socket);
    });
  });
}

/** Several addresses that all refuse leave an error without words, but with a code. */
const named = (error: Error): Error =>
  error.message === '' && 'code' in error ? new Error(String(error.code), { cause: error }) : error;

/** A server may take a letter for some of its readers. */
function deliveredOf(info: SentMessageInfo): Delivered {
  const errors = 'rejectedErrors' in info ? (info.rejectedErrors as RecipientError[]) : [];
  return {
    accepted: info.accepted.map(addressOf),
    rejected: errors.map(({ recipient = '', responseCode = 450 }) => ({
      address: recipient,
      code: responseCode,
    })),
  };
}

interface RecipientError {
  readonly recipient?: string;
  readonly responseCode?: number;
}

const addressOf = (one: string | { readonly address: string }): string =>
  typeof one === 'string' ? one : one.address;
