// Readings posted over HTTP, from the token to the answer: who speaks, whether that device may speak
// here, what became of each number.
import type { Answer } from '../api/desk.ts';
import type { ReadingsView } from '../api/schemas.ts';
import type { Device, DeviceId, SourceId } from '../domain/asset.ts';
import type { Receipt } from '../sources/source.ts';

export interface ReadingsParts {
  readonly deviceOf: (token: string) => Device | undefined;
  /** The site's source of kind `http`, where it has one. */
  readonly source?: {
    readonly id: SourceId;
    take(device: DeviceId, bytes: Uint8Array): Promise<Receipt>;
  };
}

export interface PostedReadings {
  readonly token: string;
  readonly bytes: Uint8Array;
}

/** Told in words; the counts are whole. */
const DETAILS = 20;

export async function takeReadings(
  { deviceOf, source }: ReadingsParts,
  { token, bytes }: PostedReadings,
): Promise<Answer<ReadingsView>> {
  const device = deviceOf(token);
  if (!device) return refusal(401, 'Who are you?', 'no device of the site file has this token');
  if (device.source !== source?.id) {
    const detail = `${device.id} speaks over source ${device.source}, which is not of kind http`;
    return refusal(403, 'Not this way', detail);
  }
  const receipt = await source.take(device.id, bytes);
  const view = viewOf(device.id, receipt);
  // What was heard before was taken then: the sender may rest.
  const isNews = receipt.rejected.some(({ reason }) => reason !== 'duplicate');
  if (receipt.readings > 0 || !isNews) return { ok: true, value: view };
  return refusal(422, 'Nothing could be taken', view.details.join('; '));
}

function viewOf(device: DeviceId, { readings, rejected }: Receipt): ReadingsView {
  const counts: Record<string, number> = {};
  for (const { reason } of rejected) counts[reason] = (counts[reason] ?? 0) + 1;
  const details = rejected
    .slice(0, DETAILS)
    .map(({ reason, detail }) => (detail === undefined ? reason : `${reason}: ${detail}`));
  return { device, readings, rejected: counts, details };
}

const refusal = (status: 401 | 403 | 422, title: string, detail: string): Answer<never> => ({
  ok: false,
  status,
  title,
  detail,
});
