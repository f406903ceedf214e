import { DECODERS } from '../decode/index.ts';
import { readSiteFile } from '../site/load.ts';
import { formatMistake } from '../site/mistake.ts';
import { EXIT, type Shell } from './shell.ts';

/** Says every mistake in a site file at once; touches no port and starts nothing. */
export function check(
  shell: Shell,
  { config, json }: { readonly config: string; readonly json?: boolean },
): void {
  const {
    site,
    mistakes = [],
    warnings,
  } = readSiteFile(config, { decoders: DECODERS.map((decoder) => decoder.name) });
  if (mistakes.length > 0) shell.leave(EXIT.usage);
  if (json) {
    shell.say(JSON.stringify({ ok: mistakes.length === 0, mistakes, warnings }));
    return;
  }
  for (const warning of warnings) shell.say(`warning: ${formatMistake(warning)}`);
  for (const mistake of mistakes) shell.say(formatMistake(mistake));
  if (!site) {
    shell.complain(
      `${mistakes.length} ${mistakes.length === 1 ? 'mistake' : 'mistakes'} in ${config}`,
    );
    return;
  }
  const { assets, devices, stations } = site.compound;
  shell.say(
    `${config} is fine: ${stations.size} stations, ${assets.size} assets, ${devices.size} devices, ` +
      `${site.sources.length} sources, ${site.rules.length} rules.`,
  );
}
