// Names to addresses, for connections that leave the gateway. The system's own look-up holds one of
// Node's four threads for as long as the resolver is silent, often half a minute, and files are read
// on the same four. So each name is asked for once at a time, however many wait for it; they wait a
// few seconds; and while nobody answers, the address that was right before still counts.
import { lookup as askSystem, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { type Clock, type Duration, formatDuration, seconds } from '../domain/time.ts';

type Ask = (
  name: string,
  options: { readonly all: true },
  /** The system's own says nothing but the error where there is one. */
  answer: (error: Error | null, addresses?: LookupAddress[]) => void,
) => void;

export interface NameLookupParts {
  readonly clock: Pick<Clock, 'after'>;
  readonly ask?: Ask;
}

type Answer = (error: Error | null, addresses: readonly LookupAddress[]) => void;

const PATIENCE: Duration = seconds(3);

export function createNameLookup({ clock, ask = askSystem }: NameLookupParts): LookupFunction {
  const asking = new Map<string, Set<Answer>>();
  const known = new Map<string, readonly LookupAddress[]>();

  function begin(name: string): Set<Answer> {
    const waiting = new Set<Answer>();
    asking.set(name, waiting);
    ask(name, { all: true }, (error, addresses = []) => {
      asking.delete(name);
      if (!error) known.set(name, addresses);
      for (const answer of waiting) answer(error, addresses);
    });
    return waiting;
  }

  /** Answers once: with what was found, or was found before, or with why not. */
  function find(name: string, answer: Answer): void {
    const waiting = asking.get(name) ?? begin(name);
    const settle: Answer = (error, addresses) => {
      forget();
      waiting.delete(settle);
      const before = error ? known.get(name) : undefined;
      if (before) answer(null, before);
      else answer(error, addresses);
    };
    const forget = clock.after(PATIENCE, () => settle(silence(name), []));
    waiting.add(settle);
  }

  return (name, { all, family }, callback) => {
    const wanted = FAMILIES[String(family ?? 0)];
    find(name, (error, addresses) => {
      const fit = addresses.filter((one) => wanted === undefined || one.family === wanted);
      const [first] = fit;
      if (error) callback(error, '');
      else if (!first) callback(new Error(`looking up ${name}: no such address`), '');
      else if (all) callback(null, fit);
      else callback(null, first.address, first.family);
    });
  };
}

/** What Node calls them; 0 is either. */
const FAMILIES: Readonly<Record<string, number>> = { '4': 4, '6': 6, IPv4: 4, IPv6: 6 };

const silence = (name: string): Error =>
  new Error(`looking up ${name}: no answer within ${formatDuration(PATIENCE)}`);
