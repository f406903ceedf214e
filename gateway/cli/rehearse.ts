// `courtyard rehearse -c SITE --with CHANGED`: what would the changed rules have said, these last weeks?
// It reads the store on a connection that cannot write, so that it runs beside a gateway and needs no
// word from it. Secrets are not looked for: the changed file may lie in any folder.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { stepSiteOf } from '../assembly/flow.ts';
import { rehearsed } from '../assembly/rehearsal.ts';
import { DECODERS } from '../decode/index.ts';
import { Fault } from '../domain/fault.ts';
import { spanAsked } from '../flow/rehearsal/rehearsal-span.ts';
import { loadSite } from '../site/load.ts';
import { formatMistake } from '../site/mistake.ts';
import type { Site } from '../site/site.ts';
import { openLogReader } from '../store/log-reader.ts';
import { rehearsalPage } from './rehearsal-page.ts';
import { EXIT, type Shell } from './shell.ts';

export interface RehearseOptions {
  readonly config: string;
  readonly with: string;
  readonly from?: string;
  readonly to?: string;
  readonly json?: boolean;
}

export async function rehearse(shell: Shell, options: RehearseOptions): Promise<void> {
  const site = siteIn(shell, options.config);
  const changed = siteIn(shell, options.with);
  const span = site && spanAsked(options, site.compound.place);
  if (typeof span === 'string') shell.complain(`courtyard rehearse: ${span}`);
  if (!site || !changed || !span || typeof span === 'string') return shell.leave(EXIT.usage);
  const dir = path.resolve(shell.cwd, site.store.dir);
  const reader = openLogReader(dir);
  if (!reader)
    throw new Fault('store-unavailable', `reading the store in ${dir}: there is none yet`);
  try {
    const { log, books } = reader;
    const ask = { ...span, after: changed.rules };
    const view = await rehearsed({ site, folded: stepSiteOf(site), log, books }, ask, () => true);
    if (options.json === true) return shell.say(JSON.stringify(view));
    for (const line of rehearsalPage(view, site)) shell.say(line);
  } finally {
    reader.close();
  }
}

/** The name of its file stands for each secret. */
function siteIn(shell: Shell, file: string): Site | undefined {
  const { site, mistakes = [] } = loadSite(textOf(path.resolve(shell.cwd, file)), {
    file,
    decoders: DECODERS.map((decoder) => decoder.name),
    readSecret: (name) => ({ kind: 'secret', text: name }),
  });
  for (const mistake of mistakes) shell.complain(formatMistake(mistake));
  return site;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Fault('config-unreadable', `reading ${file}: ${(error as Error).message}`, error);
  }
}
