// From a user agent to a few words a person knows their device by: “Windows 上的 Edge”. What is not
// known is said to be unknown; the raw text is never shown, because it may hold anything.
import type { Words } from '../shared/words.ts';

/** The first that fits wins: WeChat and Edge also say Chrome, Chrome also says Safari. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger\//, 'WeChat'],
  [/DingTalk\//, 'DingTalk'],
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrom(?:e|ium)\/|CriOS\//, 'Chrome'],
  [/Version\/[\d.]+.* Safari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/iPhone|iPod/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'Mac'],
  [/CrOS/, 'ChromeOS'],
  [/Linux|X11/, 'Linux'],
];
const PROGRAMS = /^(?:curl|wget|python|node|go-http|okhttp|courtyard)/i;

const named = (table: typeof BROWSERS, agent: string): string | undefined =>
  table.find(([pattern]) => pattern.test(agent))?.[1];

export function deviceText(agent: string | undefined, { people: { me } }: Words): string {
  if (agent === undefined || agent === '') return me.unknownDevice;
  const browser = named(BROWSERS, agent);
  const system = named(SYSTEMS, agent);
  if (browser && system) return me.device(browser, system);
  if (PROGRAMS.test(agent)) return me.program;
  return browser ?? system ?? me.unknownDevice;
}
