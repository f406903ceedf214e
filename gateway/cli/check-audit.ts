// `courtyard check --audit`: is the audit chain whole, and where not? Exit 1 where it is broken.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { headInWords, headOfWords, type AuditHead } from '../domain/audit.ts';
import { Fault } from '../domain/fault.ts';
import { checkAudit, type AuditBreak } from '../store/audit-check.ts';
import { EXIT, type Shell } from './shell.ts';
import { loadOrComplain } from './site-file.ts';

export interface CheckAuditOptions {
  readonly config: string;
  /** The store's folder, where the site file is not at hand. */
  readonly store?: string;
  /** Heads that were written down: `57:9f…`, or the manifest of a backup. */
  readonly anchor?: readonly string[];
  readonly json?: boolean;
}

export function checkAuditChain(shell: Shell, options: CheckAuditOptions): void {
  const dir = options.store ?? loadOrComplain(shell, options.config)?.store.dir;
  if (dir === undefined) return;
  const anchors = (options.anchor ?? []).map((words) => anchorOf(shell, words));
  const { head, breaks } = checkAudit(path.resolve(shell.cwd, dir), anchors);
  if (breaks.length > 0) shell.leave(EXIT.fault);
  if (options.json) {
    shell.say(JSON.stringify({ ok: breaks.length === 0, ...head, breaks: breaks.map(inJson) }));
    return;
  }
  for (const one of breaks) for (const line of inWords(one)) shell.say(line);
  if (breaks.length > 0) return shell.complain(`the audit chain in ${dir} is broken`);
  shell.say(`The audit chain in ${dir} is whole: ${head.entries} entries.`);
  if (anchors.length > 0) shell.say(`It still holds ${anchors.map(numbered).join(' and ')}.`);
  shell.say(`Its head is ${headInWords(head)}`);
}

const numbered = ({ entries }: AuditHead): string => `entry ${entries} as it was written down`;

function anchorOf(shell: Shell, words: string): AuditHead {
  const head = headOfWords(words) ?? headInManifest(path.resolve(shell.cwd, words));
  if (head) return head;
  throw new Fault('anchor-unreadable', `reading ${words}: no head of an audit chain in it`);
}

function headInManifest(file: string): AuditHead | undefined {
  try {
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as { readonly audit?: unknown };
    return typeof manifest.audit === 'string' ? headOfWords(manifest.audit) : undefined;
  } catch (error) {
    throw new Fault('anchor-unreadable', `reading ${file}: it is no manifest`, error);
  }
}

const inJson = ({ at, ...rest }: AuditBreak) => ({
  ...rest,
  ...(at !== undefined && { at: dated(at) }),
});

const SAYS: Readonly<Record<AuditBreak['kind'], string>> = {
  changed: 'was changed, or the one before it was',
  missing: 'is missing',
  cut: 'was cut off with all that follow: a head that was written down names it',
  rewritten: 'is not the one that was written down: the chain was made anew',
  unreadable: 'cannot be read',
};

function inWords({ kind, number, at, expected, found }: AuditBreak): string[] {
  const when = at === undefined ? '' : ` (${kind === 'missing' ? 'before ' : ''}${dated(at)})`;
  return [
    `BROKEN at entry ${number}${when}: it ${SAYS[kind]}`,
    `  expected ${expected}`,
    `  found    ${found}`,
  ];
}

/** A moment that was changed may be none. */
const dated = (at: number): string =>
  Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : `${at} ms`;
