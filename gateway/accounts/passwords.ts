// Passwords as they are kept: argon2id, in the PHC's string form, which says its own cost.
// The cost is OWASP's second choice (19 MiB, two passes, one lane): about 50 ms of a Pi's core, and no
// more memory than a Pi can spare. At most two are worked on at a time and a few wait: a flood of
// guesses must not keep the readings waiting.
// Promise: who is unknown costs as much as who is known, and gets the same answer.
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';

export interface Passwords {
  /** Undefined where too many wait already. */
  digestOf(password: string): Promise<string | undefined>;
  /** `busy` where too many wait; without a digest, as much work for nothing. */
  verify(password: string, digest: string | undefined): Promise<'fits' | 'wrong' | 'busy'>;
}

interface Cost {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

const COST: Cost = { memoryKiB: 19 * 1024, passes: 2, lanes: 1 };
const SALT_BYTES = 16;
const TAG_BYTES = 32;
const AT_ONCE = 2;
const MOST_WAITING = 20;

export function createPasswords(cost: Cost = COST): Passwords {
  const take = turnstile();
  /** What nobody's password is: compared with where there is no digest. */
  const nobodys = written(cost, randomBytes(SALT_BYTES), randomBytes(TAG_BYTES));
  return {
    digestOf: (password) =>
      take(async () => {
        const salt = randomBytes(SALT_BYTES);
        return written(cost, salt, await tagOf(password, salt, cost));
      }),
    async verify(password, digest = nobodys) {
      const kept = readBack(digest) ?? readBack(nobodys);
      if (!kept) return 'wrong';
      const found = await take(() => tagOf(password, kept.salt, kept.cost));
      if (!found) return 'busy';
      return timingSafeEqual(found, kept.tag) ? 'fits' : 'wrong';
    },
  };
}

/** A few at once, a few in line, and none beyond. */
function turnstile() {
  let inside = 0;
  const line: (() => void)[] = [];
  return async <T>(task: () => Promise<T>): Promise<T | undefined> => {
    if (inside >= AT_ONCE) {
      if (line.length >= MOST_WAITING) return undefined;
      await new Promise<void>((go) => line.push(go));
    } else {
      inside += 1;
    }
    try {
      return await task();
    } finally {
      const next = line.shift();
      if (next) next();
      else inside -= 1;
    }
  };
}

function tagOf(password: string, salt: Uint8Array, cost: Cost): Promise<Buffer> {
  const { memoryKiB: memory, passes, lanes: parallelism } = cost;
  // One character may be typed as several code points; NIST 800-63B asks for one form of it.
  const message = Buffer.from(password.normalize('NFKC'));
  const how = { message, nonce: salt, memory, passes, parallelism, tagLength: TAG_BYTES };
  return new Promise((resolve, reject) => {
    argon2('argon2id', how, (error, tag) => (error ? reject(error) : resolve(tag)));
  });
}

const unpadded = (bytes: Uint8Array): string =>
  Buffer.from(bytes).toString('base64').replace(/=+$/, '');

const written = ({ memoryKiB, passes, lanes }: Cost, salt: Uint8Array, tag: Uint8Array): string =>
  `$argon2id$v=19$m=${memoryKiB},t=${passes},p=${lanes}$${unpadded(salt)}$${unpadded(tag)}`;

const PHC =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{43})$/;

function readBack(digest: string) {
  const [, memoryKiB, passes, lanes, salt = '', tag = ''] = PHC.exec(digest) ?? [];
  if (memoryKiB === undefined) return undefined;
  return {
    cost: { memoryKiB: Number(memoryKiB), passes: Number(passes), lanes: Number(lanes) },
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
}
