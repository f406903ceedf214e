// Where a printed code, a message or a screen leads: below the address that the site gives to the world.
import type { Place } from './asset.ts';

/**
 * Undefined where the site has no public address: there is then nothing that a phone could open.
 * In letters that every code and every mail program takes: a name in Chinese is written as its xn--.
 * @param path from the root of the gateway, as `/r/k1`; its parts are escaped by whoever made it
 */
export function linkTo(place: Pick<Place, 'publicUrl'>, path: string): string | undefined {
  if (place.publicUrl === undefined) return undefined;
  const { origin, pathname } = new URL(place.publicUrl);
  return `${origin}${pathname.replace(/\/+$/u, '')}${path}`;
}
