// What residents' telephone numbers are sealed with. The log keeps its every record for good, so that a
// number can only be forgotten by losing its key: each month has one of its own, in the store's folder
// and in no log, and a key goes when its month is long over.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Clock } from '../domain/time.ts';
import type { Phones } from '../flow/residents/report-phones.ts';
import { writeDurably } from '../ops/durable-file.ts';
import type { AppOptions } from './options.ts';

const FOLDER = 'phone-keys';
/** A ticket of a whole year, and the 90 days after it. */
const MONTHS_KEPT = 15;
const CIPHER = 'aes-256-gcm';
const [IV, TAG] = [12, 16];
/** Which month's key, and what it sealed. */
const SEALED = /^sealed:(\d{4}-\d\d):([\w-]+)$/;

export function buildPhones({ site, clock, logger, openStore }: AppOptions): Phones {
  // Somebody else's store has no folder of ours: then numbers are good for this run.
  const keys = openStore ? undefined : keyFolder(path.join(site.store.dir, FOLDER));
  const inMind = new Map<string, Buffer>();
  const keep = (month: string, key: Buffer): Buffer => {
    inMind.set(month, key);
    return key;
  };
  const known = (month: string): Buffer | undefined => {
    const key = inMind.get(month) ?? keys?.read(month);
    return key && keep(month, key);
  };
  const forget = (): void => {
    const oldest = monthOf(clock, -MONTHS_KEPT);
    for (const month of inMind.keys()) if (month < oldest) inMind.delete(month);
    keys?.forgetBefore(oldest);
  };
  const make = (month: string): Buffer => {
    const key = keep(month, randomBytes(32));
    try {
      keys?.write(month, key);
      forget();
    } catch (error) {
      logger.warn({ err: error }, 'telephone numbers will not outlive a restart');
    }
    return key;
  };
  forget();
  return {
    seal(text) {
      const month = monthOf(clock);
      const iv = randomBytes(IV);
      const cipher = createCipheriv(CIPHER, known(month) ?? make(month), iv);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      const all = Buffer.concat([iv, cipher.getAuthTag(), body]);
      return `sealed:${month}:${all.toString('base64url')}`;
    },
    open(sealed) {
      const [, month = '', text = ''] = SEALED.exec(sealed) ?? [];
      const key = known(month);
      return key && opened(key, Buffer.from(text, 'base64url'));
    },
  };
}

function opened(key: Buffer, all: Buffer): string | undefined {
  if (all.length < IV + TAG) return undefined;
  try {
    const cipher = createDecipheriv(CIPHER, key, all.subarray(0, IV));
    cipher.setAuthTag(all.subarray(IV, IV + TAG));
    return cipher.update(all.subarray(IV + TAG), undefined, 'utf8') + cipher.final('utf8');
  } catch {
    return undefined; // another key sealed it, or nobody
  }
}

/** `2026-11`, so many months later; by UTC, for no month has to be anybody's. */
function monthOf(clock: Pick<Clock, 'now'>, later = 0): string {
  const now = new Date(clock.now());
  const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + later, 1));
  return first.toISOString().slice(0, 7);
}

function keyFolder(folder: string) {
  return {
    read(month: string): Buffer | undefined {
      if (!/^\d{4}-\d\d$/.test(month)) return undefined;
      try {
        const text = readFileSync(path.join(folder, month), 'utf8').trim();
        return /^[0-9a-f]{64}$/.test(text) ? Buffer.from(text, 'hex') : undefined;
      } catch {
        return undefined; // none was made, or its time is over
      }
    },
    write(month: string, key: Buffer): void {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeDurably(path.join(folder, month), `${key.toString('hex')}\n`);
    },
    forgetBefore(month: string): void {
      if (!existsSync(folder)) return;
      for (const name of readdirSync(folder)) if (name < month) rmSync(path.join(folder, name));
    },
  };
}
