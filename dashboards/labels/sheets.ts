// Which labels lie on which sheet of paper. Each kind begins a sheet of its own, for they are hung up on
// different walks; a station's big one has a sheet to itself.
import type { LabelView } from '../../gateway/api/schemas.ts';

export const KINDS = ['station', 'lamp', 'meter', 'building'] as const;
export type Kind = LabelView['kind'];
export const SIZES = ['small', 'medium'] as const;
export type Size = (typeof SIZES)[number];

/** How many lie on one sheet; paper.css has the millimetres. */
const ON_A_SHEET: Readonly<Record<Size, number>> = { small: 10, medium: 6 };

export interface Choice {
  readonly kinds: readonly Kind[];
  readonly size: Size;
  /** Whether each station has a whole sheet besides. */
  readonly big: 'yes' | 'no';
  /** Labels without codes, where there is no address that a code could say. */
  readonly bare: 'yes' | 'no';
}

export interface Sheet {
  readonly size: Size | 'big';
  readonly labels: readonly LabelView[];
}

export function sheetsOf(labels: readonly LabelView[], { kinds, size, big }: Choice): Sheet[] {
  return KINDS.filter((kind) => kinds.includes(kind)).flatMap((kind) => {
    const own = labels.filter((label) => label.kind === kind);
    const isBig = kind === 'station' && big === 'yes';
    const whole = isBig ? own.filter(({ link }) => link !== undefined) : [];
    return [
      ...whole.map((label): Sheet => ({ size: 'big', labels: [label] })),
      ...inGroups(own, ON_A_SHEET[size]).map((group): Sheet => ({ size, labels: group })),
    ];
  });
}

function inGroups<T>(list: readonly T[], most: number): T[][] {
  const count = Math.ceil(list.length / most);
  return Array.from({ length: count }, (_, index) => list.slice(index * most, (index + 1) * most));
}

/** The address says what was chosen, so that a link to it prints the same. */
export function choiceIn(query: string): Choice {
  const said = new URLSearchParams(query);
  const kinds = said.get('kinds')?.split(',');
  return {
    kinds: kinds ? KINDS.filter((kind) => kinds.includes(kind)) : KINDS,
    size: SIZES.find((size) => size === said.get('size')) ?? 'small',
    big: said.get('big') === 'no' ? 'no' : 'yes',
    bare: said.get('bare') === 'yes' ? 'yes' : 'no',
  };
}

/** What the query says of a choice; undefined where it is the usual one. */
export const queryOf = ({ kinds, size, big, bare }: Choice) => ({
  kinds: kinds.length === KINDS.length ? undefined : kinds.join(','),
  size: size === 'small' ? undefined : size,
  big: big === 'yes' ? undefined : big,
  bare: bare === 'no' ? undefined : bare,
});
