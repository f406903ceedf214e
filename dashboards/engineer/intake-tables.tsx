// Counts of the intake, per source in frames or messages and per device in readings.
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

export function SourceTable({ sources, sight: { words } }: SourceTableProps) {
  const say = words.intake;
  const columns = [say.heard, say.stored, say.acknowledged, say.rejected, say.lost];
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
          <td>{source.heard}</td>
          <td>{source.stored}</td>
          <td>{source.acknowledged}</td>
          <td>
            <Reasons counts={source.rejected} words={words} />
          </td>
          <td>
            {source.lost}
            {source.skippedBytes > 0 && ` · ${say.skipped} ${source.skippedBytes}`}
          </td>
        </tr>
      ))}
    </Counts>
  );
}

const CUES: Readonly<Record<DeviceView['state'], string>> = {
  up: 'up',
  late: 'medium',
  silent: 'offline',
  offline: 'offline',
  unknown: 'unknown',
};

interface DeviceTableProps {
  readonly devices: readonly DeviceView[];
  readonly sight: Sight;
}

export function DeviceTable({ devices, sight: { words, format, now } }: DeviceTableProps) {
  const say = words.intake;
  if (devices.length === 0) return <Quiet what={say.noDevices} />;
  const columns = [say.lastHeard, say.heard, say.stored, say.rejected];
  return (
    <Counts caption={say.devices} first={say.devices} columns={columns}>
      {devices.map((device) => (
        <tr key={device.id}>
          <th scope="row">
            {device.id}{' '}
            <Cue of={CUES[device.state]} look="plain">
              {say.deviceState[device.state]}
            </Cue>
          </th>
          <td>
            {device.lastHeardAt
              ? format.age((now - Date.parse(device.lastHeardAt)) / 1000)
              : words.link.neverHeard}
          </td>
          <td>{device.heard}</td>
          <td>{device.stored}</td>
          <td>
            <Reasons counts={device.rejected} words={words} />
          </td>
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

function Counts({ caption, first, columns, children }: CountsProps) {
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

function Reasons({ counts, words }: { counts: Readonly<Record<string, number>>; words: Words }) {
  const reasons = Object.entries(counts).filter(([, count]) => count > 0);
  if (reasons.length === 0) return <>0</>;
  return (
    <>{reasons.map(([reason, count]) => `${wordFor(words.reason, reason)} ${count}`).join(' · ')}</>
  );
}
