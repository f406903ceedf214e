// A backup is two files: the database and, beside it, its manifest: what it is, and the SHA-256 by
// which one can tell years later that it still is. The manifest is put in place last, so a backup
// that was cut short has none and is refused.
// Promise: what is in place is durable and was read back; an earlier backup is never overwritten.
//
//   copy ─▶ inspect ─▶ digest ─▶ fsync ─▶ rename ─▶ manifest
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Fault } from '../domain/fault.ts';
import type { Instant } from '../domain/time.ts';
import { digestOf, flush, writeDurably } from './durable-file.ts';

/** What a backup needs of the store; the command joins the two. */
export interface Vault {
  /** A consistent copy, of one file, while others write. */
  copy(to: string): Promise<void>;
  inspect(file: string): Contents;
  /** Copies the files beside the database that it speaks of, into a folder, and looks at a copy's. */
  readonly photos?: {
    copy(database: string, to: string): void;
    census(database: string, folder: string): { readonly missing: readonly string[] };
  };
}

interface Contents {
  readonly format: number;
  readonly head: number;
  readonly records: number;
  /** The head of the audit chain. */
  readonly audit?: string;
  /** Empty for a sound database. */
  readonly damage: readonly string[];
}

export interface Manifest {
  readonly kind: 'courtyard-backup';
  readonly site: string;
  /** Of the Courtyard that took it. */
  readonly version: string;
  readonly takenAt: string;
  readonly format: number;
  readonly head: number;
  readonly records: number;
  /** The head of the audit chain, by which its end can be proved later: `check --audit --anchor`. */
  readonly audit?: string;
  /** Of the database; photos lie beside it, each known to it by its own SHA-256. */
  readonly bytes: number;
  readonly sha256: string;
  /** Photos whose file was gone when it was taken, or is now; they stop nothing. */
  readonly photosMissing?: number;
}

export interface BackupOrder {
  readonly to: string;
  readonly site: string;
  readonly version: string;
  readonly now: Instant;
}

export interface Backup {
  readonly file: string;
  readonly manifest: Manifest;
}

const manifestOf = (file: string): string => `${file}.json`;
/** The folder of a backup's photos; there where it has any. */
export const photosBeside = (file: string): string => `${file}.photos`;

/** `courtyard-luyuan-20261120T040000Z.db` */
export const backupName = (site: string, now: Instant): string =>
  `courtyard-${site}-${stampOf(now)}.db`;

export const stampOf = (moment: Instant): string =>
  new Date(moment).toISOString().replace(/\.\d+/, '').replaceAll(/[-:]/g, '');

/** Rejects with `backup-failed`, or `backup-damaged` where the copy is not sound. */
export async function takeBackup(vault: Vault, order: BackupOrder): Promise<Backup> {
  const { to } = order;
  if (existsSync(to) || existsSync(manifestOf(to)))
    throw new Fault('backup-failed', `writing ${to}: it is there already`);
  const unfinished = `${to}.unfinished`;
  try {
    mkdirSync(path.dirname(to), { recursive: true, mode: 0o700 });
    rmSync(unfinished, { force: true }); // what an attempt before us left behind
    await vault.copy(unfinished);
    chmodSync(unfinished, 0o600);
    const manifest = await describe(vault.inspect(unfinished), unfinished, order);
    vault.photos?.copy(unfinished, photosBeside(to));
    flush(unfinished);
    renameSync(unfinished, to);
    writeDurably(manifestOf(to), `${JSON.stringify(manifest, null, 2)}\n`);
    return { file: to, manifest: withPhotos(vault, to, manifest) };
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error instanceof Fault ? error : broken(`writing ${to}`, error);
  }
}

async function describe(contents: Contents, file: string, order: BackupOrder): Promise<Manifest> {
  const { damage, ...facts } = contents;
  if (damage.length > 0) throw damagedAs(file, damage.join('; '));
  return {
    kind: 'courtyard-backup',
    site: order.site,
    version: order.version,
    takenAt: new Date(order.now).toISOString(),
    ...facts,
    bytes: statSync(file).size,
    sha256: await digestOf(file),
  };
}

/** Reads a backup whole: digest first, then the database. Rejects with `backup-damaged`. */
export async function verifyBackup(
  vault: Pick<Vault, 'inspect' | 'photos'>,
  file: string,
): Promise<Manifest> {
  const manifest = await readManifest(file);
  const sha256 = await digestOf(file).catch((error: unknown) => {
    throw broken(`reading ${file}`, error);
  });
  if (sha256 !== manifest.sha256)
    throw damagedAs(file, `its SHA-256 is ${sha256}, not ${manifest.sha256} as when it was taken`);
  const { damage, head, records } = vault.inspect(file);
  if (damage.length > 0) throw damagedAs(file, damage.join('; '));
  if (head !== manifest.head || records !== manifest.records)
    throw damagedAs(file, `it holds ${records} records, not ${manifest.records}`);
  return withPhotos(vault, file, manifest);
}

/** Without its photos a ticket is still a ticket: what is missing is counted and stops nothing. */
function withPhotos({ photos }: Pick<Vault, 'photos'>, file: string, manifest: Manifest): Manifest {
  const missing = photos?.census(file, photosBeside(file)).missing.length ?? 0;
  return missing === 0 ? manifest : { ...manifest, photosMissing: missing };
}

async function readManifest(file: string): Promise<Manifest> {
  const beside = manifestOf(file);
  try {
    const manifest: unknown = JSON.parse(await readFile(beside, 'utf8'));
    if (isManifest(manifest)) return manifest;
  } catch (error) {
    throw damagedAs(file, `no manifest ${path.basename(beside)} to read beside it`, error);
  }
  throw damagedAs(file, `${path.basename(beside)} is no manifest of a backup`);
}

function isManifest(value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, sha256, site, format, head, records, takenAt } = value as Record<string, unknown>;
  return (
    kind === 'courtyard-backup' &&
    [sha256, site, takenAt].every((fact) => typeof fact === 'string') &&
    [format, head, records].every((fact) => typeof fact === 'number')
  );
}

function damagedAs(file: string, why: string, cause?: unknown): Fault {
  return new Fault('backup-damaged', `checking ${file}: ${why}`, cause);
}

function broken(doing: string, error: unknown): Fault {
  const why = error instanceof Error ? error.message : String(error);
  return new Fault('backup-failed', `${doing}: ${why}`, error);
}
