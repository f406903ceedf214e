// A table of figures. On a phone it is wider than the screen: it scrolls in a frame of its own, which a
// keyboard reaches and a screen reader names.
import type { ComponentChildren } from 'preact';

interface FiguresTableProps {
  /** The id of its heading. */
  readonly labelledBy: string;
  /** How its columns are laid out (manager.css, ledger.css). */
  readonly look?: 'sum' | 'events' | 'windows';
  readonly columns: readonly string[];
  /** Its rows. */
  readonly children: ComponentChildren;
}

export function FiguresTable({ labelledBy, look, columns, children }: FiguresTableProps) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-labelledby={labelledBy}>
      <table class={look ? `figures figures--${look}` : 'figures'}>
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
