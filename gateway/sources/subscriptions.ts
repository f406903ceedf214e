// What a client asks a broker elsewhere for: the native topics of the site, each device's own topic
// and what the site file names besides. A filter that another one covers is left out: brokers may
// send a message once for every filter that it matches.
import type { SourceId } from '../domain/asset.ts';
import type { TopicSite } from './topics.ts';

export function subscriptionsOf(
  source: SourceId,
  { siteId, devices }: TopicSite,
  more: readonly string[],
): string[] {
  const native = ['telemetry', 'status'].map((what) => `courtyard/${siteId}/+/${what}`);
  const own = [...devices.values()].flatMap((device) =>
    device.source === source && device.topic !== undefined ? [device.topic] : [],
  );
  const all = [...new Set([...native, ...own, ...more])];
  return all.filter((filter) => !all.some((other) => other !== filter && covers(other, filter)));
}

/** Whether every topic that `narrow` matches is matched by `wide` as well (MQTT 3.1.1, 4.7). */
export function covers(wide: string, narrow: string): boolean {
  // A wildcard in front matches no topic that begins with $; shared subscriptions begin so too.
  if (narrow.startsWith('$') !== wide.startsWith('$')) return false;
  const [wideLevels, narrowLevels] = [wide.split('/'), narrow.split('/')];
  for (const [place, level] of wideLevels.entries()) {
    if (level === '#') return true;
    const other = narrowLevels[place];
    if (other === undefined || other === '#') return false;
    if (level !== '+' && level !== other) return false;
  }
  return wideLevels.length === narrowLevels.length;
}
