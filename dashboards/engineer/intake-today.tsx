// The ledger of one day: per source in frames or messages, per device in frames and readings.
import type { DeviceView, IntakeDayView } from '../../gateway/api/schemas.ts';
import { Quiet } from '../shared/quiet.tsx';
import { reasonsIn } from './intake-losses.tsx';
import { Counts, DeviceState, Reasons } from './intake-tables.tsx';
import type { Sight } from './sight.ts';

interface DayProps {
  readonly day: IntakeDayView;
  readonly sight: Sight;
}

export function DaySources({ day, sight }: DayProps) {
  const { words, format } = sight;
  const say = words.intake;
  const columns = [say.heard, say.stored, say.readings, say.rejected, say.lost];
  return (
    <Counts caption={say.sources} first={say.sources} columns={columns}>
      {day.sources.map((source) => (
        <tr key={source.id}>
          <th scope="row">{source.id}</th>
          <td>{format.count(source.heard)}</td>
          <td>{format.count(source.stored)}</td>
          <td>{format.count(source.readings)}</td>
          <td>
            <Reasons counts={source.rejected} words={words} />
          </td>
          <td>{reasonsIn(source.lost, sight)}</td>
        </tr>
      ))}
    </Counts>
  );
}

/** Every device of the site: one that said nothing today is what one looks for here. */
export function DayDevices({
  day,
  devices,
  sight,
}: DayProps & { readonly devices: readonly DeviceView[] }) {
  const { words, format } = sight;
  const say = words.intake;
  if (devices.length === 0) return <Quiet what={say.noDevices} />;
  const counted = new Map(day.devices.map((device) => [device.id, device]));
  const columns = [say.stored, say.readings, say.rejected, say.lost, say.owed];
  return (
    <Counts caption={say.devices} first={say.devices} columns={columns}>
      {devices.map((device) => {
        const today = counted.get(device.id);
        const owed = (today?.noted['silence'] ?? 0) + (device.owed ?? 0);
        return (
          <tr key={device.id} data-device={device.id}>
            <th scope="row">
              {device.id} <DeviceState of={device.state} words={words} />
            </th>
            <td>{format.count(today?.stored ?? 0)}</td>
            <td>{format.count(today?.readings ?? 0)}</td>
            <td>
              <Reasons counts={today?.rejected ?? {}} words={words} />
            </td>
            <td>{reasonsIn(today?.lost ?? {}, sight)}</td>
            <td>{format.count(owed)}</td>
          </tr>
        );
      })}
    </Counts>
  );
}
