// `courtyard notice`: one letter over one channel, now, to see whether it arrives. It goes the way that
// all letters go, and past the outbox: no gateway need run, and nothing is tried again.
import { channelsOf, notifiersBy } from '../assembly/channels.ts';
import type { Notice } from '../domain/notice.ts';
import type { Place } from '../domain/asset.ts';
import type { Instant } from '../domain/time.ts';
import type { Told } from '../notify/notifier.ts';
import { systemClock } from '../ops/system-clock.ts';
import { EXIT, type ExitCode, type Shell } from './shell.ts';
import { loadOrComplain } from './site-file.ts';

export interface NoticeOptions {
  readonly config: string;
  readonly json?: boolean;
}

const CODES: Readonly<Record<Told['kind'], ExitCode>> = {
  told: EXIT.ok,
  never: EXIT.fault,
  'try-later': EXIT.unreachable,
};

export async function tryNotice(
  shell: Shell,
  id: string,
  { config, json }: NoticeOptions,
): Promise<void> {
  const site = loadOrComplain(shell, config);
  if (!site) return;
  const channels = channelsOf(site);
  const channel = channels.find((each) => each.id === id);
  if (!channel) {
    const known = channels.map((each) => each.id).join(', ');
    shell.complain(
      `no channel ${id} in ${config}; ${known ? `there are ${known}` : 'there is none'}`,
    );
    return shell.leave(EXIT.usage);
  }
  const notifier = notifiersBy({ site, clock: systemClock, brokers: [] })(channel);
  const letter = letterTo(id, site.compound.place, systemClock.now());
  const told = await tellOnce(channel.kind, () => notifier.tell(letter));
  notifier.close();
  shell.leave(CODES[told.kind]);
  if (json === true)
    return shell.say(JSON.stringify({ channel: id, kind: channel.kind, ...inWords(told) }));
  if (told.kind === 'told') shell.say(`${id} (${channel.kind}) took it.`);
  else shell.complain(`${id} (${channel.kind}) did not take it: ${told.why}`);
}

/** A broker of ours is in the gateway's own process, and takes its word from nobody else. */
const tellOnce = async (kind: string, tell: () => Promise<Told>): Promise<Told> =>
  kind === 'mqtt'
    ? { kind: 'try-later', why: 'only the gateway itself speaks there, while it runs' }
    : tell();

function inWords({ kind: told, ...rest }: Told) {
  const { why, after }: { why?: string; after?: number } = rest;
  return { told, why, ...(after !== undefined && { afterS: after / 1000 }) };
}

function letterTo(channel: string, { name, publicUrl }: Place, at: Instant): Notice {
  const lines = ['这是一条试发的消息，没有发生故障。', 'This is a trial. Nothing is wrong.'];
  return {
    channel,
    key: `trial:${at}`,
    subject: 'trial',
    at,
    news: {
      kind: 'letter',
      reason: 'first',
      title: `${name}：试发 / trial`,
      lines,
      tickets: [],
      ...(publicUrl !== undefined && { link: publicUrl }),
    },
  };
}
