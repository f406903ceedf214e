// Lamps by circuit: whether each should be lit now, and what it draws. A dark lamp that should be
// lit is seen at once; a whole dark circuit is seen as one.
import type { AssetView, SiteView } from '../../gateway/api/schemas.ts';
import { Cue } from '../shared/cue.tsx';
import { freshnessOf } from '../shared/freshness.ts';
import { UpkeepButton, UpkeepMark, type Upkeep } from './maintenance.tsx';
import type { Sight } from './sight.ts';

interface LampTableProps {
  readonly lamps: readonly AssetView[];
  readonly circuits: SiteView['circuits'];
  readonly upkeep: Upkeep;
  readonly sight: Sight;
}

export function LampTable({ lamps, circuits, upkeep, sight }: LampTableProps) {
  if (lamps.length === 0) return null;
  const { words } = sight;
  const known = circuits.filter(({ id }) => lamps.some((lamp) => lamp.circuit === id));
  const loose = lamps.filter((lamp) => !known.some(({ id }) => id === lamp.circuit));
  return (
    <section aria-labelledby="lamps">
      <h2 id="lamps" class="section">
        {words.engineer.lamps}
      </h2>
      {known.map(({ id, name }) => (
        <Circuit
          key={id}
          name={name}
          lamps={lamps.filter((lamp) => lamp.circuit === id)}
          upkeep={upkeep}
          sight={sight}
        />
      ))}
      {loose.length > 0 && (
        <Circuit name={words.none} lamps={loose} upkeep={upkeep} sight={sight} />
      )}
    </section>
  );
}

interface CircuitProps {
  readonly name: string;
  readonly lamps: readonly AssetView[];
  readonly upkeep: Upkeep;
  readonly sight: Sight;
}

function Circuit({ name, lamps, upkeep, sight }: CircuitProps) {
  const { lamp, should, draws, state } = sight.words.engineer.lampColumns;
  return (
    <table class="lamps">
      <caption>{name}</caption>
      <thead>
        <tr>
          <th scope="col">{lamp}</th>
          <th scope="col">{should}</th>
          <th scope="col">{draws}</th>
          <th scope="col">{state}</th>
        </tr>
      </thead>
      <tbody>
        {lamps.map((one) => (
          <LampRow key={one.id} lamp={one} upkeep={upkeep} sight={sight} />
        ))}
      </tbody>
    </table>
  );
}

interface LampRowProps {
  readonly lamp: AssetView;
  readonly upkeep: Upkeep;
  readonly sight: Sight;
}

function LampRow({ lamp, upkeep, sight }: LampRowProps) {
  const { words, format, now } = sight;
  const power = lamp.latest['power'];
  const ageS = power ? (now - Date.parse(power.observedAt)) / 1000 : undefined;
  const isStale = lamp.state === 'offline' || power?.quality === 'stale';
  const freshness = isStale ? 'stale' : freshnessOf(ageS, lamp.expectedS);
  const value = format.value('power', power?.value);
  return (
    <tr class={freshness === 'stale' ? 'hatched' : ''} data-asset={lamp.id}>
      <th scope="row">{lamp.name}</th>
      <td>{shouldWord(lamp, sight)}</td>
      <td class={`pair--${freshness}`}>
        <span class="pair__value">{freshness === 'stale' ? words.last(value) : value}</span>{' '}
        <span class="pair__age">{format.age(ageS)}</span>
      </td>
      <td>
        <Cue of={lamp.state} look={lamp.state === 'normal' ? 'plain' : 'filled'}>
          {words.state[lamp.state]}
        </Cue>
        <UpkeepMark asset={lamp} upkeep={upkeep} sight={sight} />
        <UpkeepButton asset={lamp} upkeep={upkeep} sight={sight} />
      </td>
    </tr>
  );
}

function shouldWord(lamp: AssetView, { words }: Sight): string {
  if (lamp.shouldBeOn === undefined) return words.engineer.shouldUnknown;
  return lamp.shouldBeOn ? words.engineer.shouldBeOn : words.engineer.shouldBeOff;
}
