// The residents' door, with the key that the store keeps for its forms: a form that was opened before
// a restart can be sent after it. Where the key cannot be kept, forms are good for this run alone.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createReportDoor, type ReportDoor } from '../api/report-door.ts';
import { writeDurably } from '../ops/durable-file.ts';
import type { AppOptions } from './options.ts';

const FILE = 'forms.key';

export function buildReportDoor(options: AppOptions): ReportDoor {
  const { clock } = options;
  return createReportDoor({ clock, random: randomBytes, key: formKey(options) });
}

function formKey({ site, openStore, logger }: AppOptions): Uint8Array {
  const key = randomBytes(32);
  // Somebody else's store has no folder of ours.
  if (openStore) return key;
  const file = path.join(site.store.dir, FILE);
  const known = keyIn(file);
  if (known) return known;
  try {
    writeDurably(file, `${key.toString('hex')}\n`);
  } catch (error) {
    logger.warn({ err: error, file }, 'forms of residents will not outlive a restart');
  }
  return key;
}

/** Undefined where there is none yet, or what is there is none. */
function keyIn(file: string): Uint8Array | undefined {
  try {
    const text = readFileSync(file, 'utf8').trim();
    return /^[0-9a-f]{64}$/.test(text) ? Buffer.from(text, 'hex') : undefined;
  } catch {
    return undefined; // the first start
  }
}
