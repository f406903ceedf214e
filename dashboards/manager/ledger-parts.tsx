// What the pages behind the ledger's figures have in common: which station, a link to a part of the
// page that leaves the page standing, and the line to sign on.
import type { ComponentChildren } from 'preact';
import type { Words } from '../shared/words.ts';
import { follow } from './address.ts';
import type { Sight } from './sight.ts';

interface StationProps {
  readonly stations: readonly { readonly id: string; readonly name: string }[];
  readonly station: string | undefined;
  readonly words: Words;
  readonly onStation: (station: string | undefined) => void;
}

export function StationField({ stations, station, words: { ledger }, onStation }: StationProps) {
  const isKnown = station === undefined || stations.some(({ id }) => id === station);
  return (
    <label class="field station-field">
      <span class="field__name">{ledger.station}</span>
      <select
        class="field__input"
        name="station"
        value={station ?? ''}
        onChange={(event) => onStation(event.currentTarget.value || undefined)}
      >
        <option value="">{ledger.all}</option>
        {stations.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
        {!isKnown && <option value={station}>{station}</option>}
      </select>
    </label>
  );
}

interface PartLinkProps {
  readonly href: string;
  readonly name?: string;
  readonly current?: 'true' | undefined;
  readonly look?: string;
  readonly children: ComponentChildren;
}

/** Leads to a part of this page; with a modifier it opens like any link. */
export const PartLink = ({ href, name, current, look = 'part-link', children }: PartLinkProps) => (
  <a
    class={look}
    href={href}
    aria-label={name}
    aria-current={current}
    onClick={(event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      follow(href);
      toPart(href.split('#')[1]);
    }}
  >
    {children}
  </a>
);

/** Where it leads to is also where the keyboard goes on. */
export function toPart(part: string | undefined): void {
  const found = part === undefined ? null : document.getElementById(part);
  found?.scrollIntoView();
  found?.focus({ preventScroll: true });
}

export const LedgerFoot = ({ sight: { words } }: { sight: Sight }) => (
  <div class="paper paper__foot">
    <p class="paper__sign">
      {words.ledger.sign.map((who) => (
        <span key={who}>{who}</span>
      ))}
    </p>
  </div>
);
