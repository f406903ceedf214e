// Counts of the intake since the start, per source in frames or messages and per device in readings.
import type { ComponentChildren } from 'preact';
import type { DeviceView, SourceView } from '../../gateway/api/schemas.ts';
import { Cue } from '../shared/cue.tsx';
import { Quiet } from '../shared/quiet.tsx';
import { wordFor, type Words } from '../shared/words.ts';
import type { Sight } from './sight.ts';

interface SourceTableProps {
  readonly sources: readonly SourceView[];
  readonly sight: Sight;
}

export function SourceTable({ sources, sight: { words, format } }: SourceTableProps) {
  const say = words.intake;
  const columns = [
    say.heard,
    say.framed,
    say.decoded,
    say.stored,
    say.acknowledged,
    say.inFlight,
    say.rejected,
    say.lost,
    say.linkLost,
  ];
  return (
    <Counts caption={say.sources} first={say.sources} columns={columns}>
      {sources.map((source) => (
        <tr key={source.id}>
          <th scope="row">
            {source.id}{' '}
            <Cue of={source.state} look="plain">
              {words.engineer.sourceState[source.state]}
            </Cue>
          </th>
          <td>{format.count(source.heard)}</td>
          <td>{known(source.framed, format)}</td>
          <td>{known(source.decoded, format)}</td>
          <td>{format.count(source.stored)}</td>
          <td>{format.count(source.acknowledged)}</td>
          <td>{known(source.inFlight, format)}</td>
          <td>
            <Reasons counts={source.rejected} words={words} />
            {source.skippedBytes > 0 && ` · ${say.skipped} ${format.count(source.skippedBytes)}`}
          </td>
          <td>{format.count(source.dropped ?? 0)}</td>
          <td>{format.count(source.lost)}</td>
        </tr>
      ))}
    </Counts>
  );
}

const known = (count: number | undefined, format: Sight['format']): string =>
  count === undefined ? '—' : format.count(count);

const CUES: Readonly<Record<DeviceView['state'], string>> = {
  up: 'up',
  late: 'medium',
  silent: 'offline',
  offline: 'offline',
  unknown: 'unknown',
};

export const DeviceState = ({ of, words }: { of: DeviceView['state']; words: Words }) => (
  <Cue of={CUES[of]} look="plain">
    {words.intake.deviceState[of]}
  </Cue>
);

interface DeviceTableProps {
  readonly devices: readonly DeviceView[];
  readonly sight: Sight;
}

export function DeviceTable({ devices, sight: { words, format, now } }: DeviceTableProps) {
  const say = words.intake;
  if (devices.length === 0) return <Quiet what={say.noDevices} />;
  const columns = [say.lastHeard, say.heard, say.stored, say.rejected, say.missing];
  return (
    <Counts caption={say.devices} first={say.devices} columns={columns}>
      {devices.map((device) => (
        <tr key={device.id}>
          <th scope="row">
            {device.id} <DeviceState of={device.state} words={words} />
          </th>
          <td>
            {device.lastHeardAt
              ? format.age((now - Date.parse(device.lastHeardAt)) / 1000)
              : words.link.neverHeard}
          </td>
          <td>{format.count(device.heard)}</td>
          <td>{format.count(device.stored)}</td>
          <td>
            <Reasons counts={device.rejected} words={words} />
          </td>
          <td>{known(device.missing, format)}</td>
        </tr>
      ))}
    </Counts>
  );
}

interface CountsProps {
  readonly caption: string;
  readonly first: string;
  readonly columns: readonly string[];
  readonly children: ComponentChildren;
}

export function Counts({ caption, first, columns, children }: CountsProps) {
  return (
    <div class="scroll" role="region" aria-label={caption} tabIndex={0}>
      <table class="counts">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {columns.map((column) => (
              <th scope="col" key={column}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

interface ReasonsProps {
  readonly counts: Readonly<Record<string, number>>;
  readonly words: Words;
}

export function Reasons({ counts, words }: ReasonsProps) {
  const reasons = Object.entries(counts).filter(([, count]) => count > 0);
  if (reasons.length === 0) return <>0</>;
  return (
    <>{reasons.map(([reason, count]) => `${wordFor(words.reason, reason)} ${count}`).join(' · ')}</>
  );
}
