interface FiltersProps<F extends string> {
  readonly label: string;
  readonly filters: readonly {
    readonly name: F;
    readonly word: string;
    readonly count?: number | undefined;
  }[];
  readonly shown: F;
  readonly onChoose: (filter: F) => void;
}

/** Ways to look at a list, each with how much it holds. */
export function Filters<F extends string>({ label, filters, shown, onChoose }: FiltersProps<F>) {
  return (
    <div
      class={filters.length > 4 ? 'filters filters--many' : 'filters'}
      role="group"
      aria-label={label}
    >
      {filters.map(({ name, word, count }) => (
        <button
          key={name}
          type="button"
          class="filter"
          aria-pressed={name === shown}
          onClick={() => onChoose(name)}
        >
          {word}
          {count !== undefined && <b class="filter__count">{count}</b>}
        </button>
      ))}
    </div>
  );
}
