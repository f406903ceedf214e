// The site file's way in: text → a frozen Site, or every mistake at once, in the order of the file.
//
//   text ─▶ readYaml ─▶ match (schema, defaults) ─▶ checks ─┬▶ mistakes
//                                                           └▶ build ─▶ freeze ─▶ Site
//
// Promise: no text makes this throw, and checking touches no port, no network and no clock.
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Fault } from '../domain/fault.ts';
import { buildSite } from './build.ts';
import type { Check, SecretFile, Surroundings } from './check.ts';
import { CHECKS } from './checks.ts';
import { deepFreeze } from './freeze.ts';
import { type Position, readYaml, type YamlText } from './locate.ts';
import { match } from './match.ts';
import { type Finding, type Mistake, type Path, spell } from './mistake.ts';
import { type SiteDraft, SiteFile } from './schema.ts';
import type { Site } from './site.ts';
import { WARNINGS } from './warnings.ts';

export type Loaded = { readonly warnings: readonly Mistake[] } & (
  | { readonly site: Site; readonly mistakes?: never }
  | { readonly site?: never; readonly mistakes: readonly Mistake[] }
);

export interface LoadContext extends Surroundings {
  /** As people named it; it begins every message. */
  readonly file: string;
}

/** Pure but for what `readSecret` does. */
export function loadSite(text: string, context: LoadContext): Loaded {
  const yaml = readYaml(text);
  if (yaml.kind === 'broken') {
    const mistakes = yaml.flaws.map((flaw) => ({ file: context.file, path: 'yaml', ...flaw }));
    return { mistakes, warnings: [] };
  }
  const said = teller(yaml, context.file);
  if (yaml.value === null) return { mistakes: said([EMPTY]), warnings: [] };

  const { draft, findings } = match(SiteFile, yaml.value);
  const around = { ...context, readSecret: remembered(context.readSecret) };
  const run = (checks: readonly Check[]): Finding[] =>
    checks.flatMap((check) => [...check(draft as SiteDraft, around)]);

  const mistakes = said([...yaml.findings, ...findings, ...run(CHECKS)]);
  const warnings = said(run(WARNINGS));
  if (mistakes.length > 0) return { mistakes, warnings };
  const secret = (file: string): string => {
    const found = around.readSecret(file);
    return found.kind === 'secret' ? found.text : '';
  };
  const site = deepFreeze(buildSite(draft as SiteFile, { file: context.file, secret }));
  return { site, warnings };
}

const EMPTY: Finding = {
  at: [],
  what: 'is empty; begin with version: 1 and a site',
  means: 'config/site.yaml is a start to copy',
};

/** Finds each finding's place in the text, and says them from the top of the file down. */
function teller(yaml: YamlText & { kind: 'read' }, file: string) {
  const lineOf = (at: Path): string => `line ${yaml.locate(at).line}`;
  const tell = ({ at, what, also, means }: Finding): Mistake => ({
    file,
    ...yaml.locate(at),
    path: spell(at, yaml.value),
    what: also ? `${what}; ${also.words} ${lineOf(also.at)}` : what,
    ...(means !== undefined && { means }),
  });
  return (findings: readonly Finding[]): Mistake[] => findings.map(tell).sort(fromTheTop);
}

const fromTheTop = (a: Position, b: Position): number => a.line - b.line || a.column - b.column;

/** Each file is opened once: what was checked is what is used. */
function remembered(read: Surroundings['readSecret']): Surroundings['readSecret'] {
  const known = new Map<string, SecretFile>();
  return (file) => {
    const found = known.get(file) ?? read(file);
    known.set(file, found);
    return found;
  };
}

/** @throws Fault `config-unreadable` where the site file itself cannot be read */
export function readSiteFile(file: string, context: Pick<Surroundings, 'decoders'>): Loaded {
  const folder = path.dirname(file);
  const readSecret = (name: string): SecretFile => readSecretFile(path.resolve(folder, name));
  return loadSite(textOf(file), { file, decoders: context.decoders, readSecret });
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Fault('config-unreadable', `reading ${file}: ${reasonOf(error)}`, error);
  }
}

const OTHERS_MAY_READ = 0o004;

function readSecretFile(file: string): SecretFile {
  try {
    if ((statSync(file).mode & OTHERS_MAY_READ) !== 0) return { kind: 'open' };
    const text = readFileSync(file, 'utf8').trim();
    return text === '' ? { kind: 'empty' } : { kind: 'secret', text };
  } catch (error) {
    return { kind: reasonOf(error).startsWith('ENOENT') ? 'missing' : 'unreadable' };
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown');
