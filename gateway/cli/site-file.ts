// The site file as every command reads it: all mistakes on standard error, or a Site.
import { DECODERS } from '../decode/index.ts';
import { formatMistake } from '../site/mistake.ts';
import { readSiteFile } from '../site/load.ts';
import type { Site } from '../site/site.ts';
import { EXIT, type Shell } from './shell.ts';

/** Undefined where there are mistakes: they are said, and the exit code is set. */
export function loadOrComplain(shell: Shell, file: string): Site | undefined {
  const { site, mistakes, warnings } = readSiteFile(file, {
    decoders: DECODERS.map((decoder) => decoder.name),
  });
  if (site) {
    for (const warning of warnings) shell.complain(`warning: ${formatMistake(warning)}`);
    return site;
  }
  for (const mistake of mistakes) shell.complain(formatMistake(mistake));
  const count = mistakes.length;
  shell.complain(
    `${count} ${count === 1 ? 'mistake' : 'mistakes'} in ${file}; nothing was started.`,
  );
  shell.leave(EXIT.usage);
  return undefined;
}
