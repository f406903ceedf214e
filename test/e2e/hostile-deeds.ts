// Every field that staff and residents can write into, filled with hostile words through the API of a
// real process. Each deed has to be taken: what is refused is tried elsewhere.
import type { RoundView, TicketView } from '../../gateway/api/schemas.ts';
import type { GatewayProcess } from './gateway-process.ts';
import {
  devices,
  NAME,
  report,
  sendForm,
  somebody,
  TITLE,
  WORDS,
  type People,
} from './hostile-yard.ts';

export interface Deeds {
  readonly alarm: string;
  /** The ticket that walked its whole loop. */
  readonly walked: string;
  readonly round: string;
  /** The address of a resident's report. */
  readonly follow: string;
  /** A day whose figures were put right. */
  readonly day: string;
}

export async function deeds(gateway: GatewayProcess, who: People): Promise<Deeds> {
  const { manager, engineer } = who;
  const alarm = await devices(gateway, engineer);
  await engineer.say(`POST /api/v1/alarms/${alarm.id}/shelve`, { reason: WORDS });
  await engineer.say('POST /api/v1/assets/b2/maintenance', { reason: WORDS });
  const follow = await residents(gateway, manager);
  const walked = await tickets(who);
  const round = await patrol(who);
  await places(who);
  const day = await books(who, gateway);
  return { alarm: alarm.id, walked, round, follow, day };
}

async function residents(gateway: GatewayProcess, manager: People['manager']): Promise<string> {
  const follow = await report(gateway, { category: 'bin-room-dirty', words: WORDS });
  await sendForm(`${gateway.url}${follow}/more`, { words: WORDS });
  const { key } = await manager.say<{ key: string }>('POST /api/v1/keys', { name: NAME });
  const fields = { api_key: key, service_code: 'drain', 'attribute[spot]': 'k1' };
  const body = new URLSearchParams({
    ...fields,
    description: WORDS,
    address_string: WORDS,
    first_name: NAME,
    media_url: 'javascript:alert(1)',
  });
  const told = await fetch(`${gateway.url}/open311/v2/requests.json`, { method: 'POST', body });
  if (!told.ok) throw new Error(`open311: ${told.status} ${await told.text()}`);
  return follow;
}

async function tickets({ manager, engineer, committee, reviewer }: People): Promise<string> {
  const raise = (category: string) =>
    manager.say<TicketView>('POST /api/v1/tickets', {
      category,
      title: TITLE,
      place: TITLE,
      note: WORDS,
    });
  const on = (id: string, verb: string): string => `POST /api/v1/tickets/${id}/${verb}`;
  const [walked, declined, merged, open] = await Promise.all(
    ['other', 'noise', 'ads', 'parking'].map(raise),
  );
  if (!walked || !declined || !merged || !open) throw new Error('they were not raised');
  const { id } = walked;
  await manager.say(on(id, 'answer'), { team: 'engineers', note: WORDS });
  await engineer.say(on(id, 'comment'), { text: WORDS });
  await engineer.say(on(id, 'wait'), { for: 'parts', note: WORDS });
  await engineer.say(on(id, 'resume'));
  await engineer.say(on(id, 'rectify'), { note: WORDS });
  await committee.say(on(id, 'inspect'), { result: 'return', reason: WORDS });
  await engineer.say(on(id, 'rectify'), { note: WORDS });
  await committee.say(on(id, 'inspect'), { result: 'pass', reason: WORDS });
  await reviewer.say(on(id, 'look-back'), { result: 'pass', reason: WORDS });
  await manager.say(on(id, 'rate'), { stars: 1, note: WORDS });
  await manager.say(on(id, 'reopen'), { reason: WORDS });
  await manager.say(on(declined.id, 'decline'), { reason: WORDS });
  await manager.say(on(merged.id, 'merge'), { into: open.id, reason: WORDS });
  return id;
}

async function patrol({ cleaner, manager }: People): Promise<string> {
  const { id } = await cleaner.say<RoundView>('POST /api/v1/rounds', { patrol: 'round' });
  const on = (verb: string): string => `POST /api/v1/rounds/${id}/${verb}`;
  await cleaner.say(on('check-in'), { place: 'k1' });
  await cleaner.say(on('look'), { place: 'k1', item: 0, verdict: 'bad', note: WORDS });
  await cleaner.say('POST /api/v1/bag-counts', { place: 'k1', bags: 3, note: WORDS });
  await cleaner.say(on('abandon'), { note: WORDS });
  for (const kind of ['doing', 'planned', 'activity', 'idea'])
    await manager.say('POST /api/v1/posts', {
      kind,
      title: TITLE.slice(0, 60),
      words: WORDS.replaceAll('\r', '').slice(0, 600),
      place: 'k1',
    });
  return id;
}

async function places({ engineer, cleaner }: People): Promise<void> {
  await cleaner.say('POST /api/v1/assets/b1/collected', { note: WORDS });
  await engineer.say('POST /api/v1/assets/b1/swap', { container: NAME, note: WORDS });
  await engineer.say('POST /api/v1/assets/b1/tare', { tareKg: 15, note: WORDS });
  await engineer.say('POST /api/v1/assets/b1/change-device', { from: NAME, to: NAME, note: WORDS });
  await engineer.say('POST /api/v1/assets/b2/take-out', { reason: WORDS });
}

async function books({ manager, reviewer }: People, gateway: GatewayProcess): Promise<string> {
  const day = await yesterday(gateway);
  const asked = await manager.say<{ id: string }>('POST /api/v1/ledger/corrections', {
    day,
    stream: 'wet',
    station: 'k1',
    basis: 'collected',
    kg: 3,
    reason: WORDS.slice(0, 500),
  });
  await reviewer.say(`POST /api/v1/ledger/corrections/${asked.id}/approve`, {
    note: WORDS.slice(0, 500),
  });
  // Whoever signs in under such a name is nobody, and is written down all the same.
  await somebody(gateway).ask('POST /api/v1/session', { name: NAME, password: WORDS.slice(0, 99) });
  return day;
}

async function yesterday(gateway: GatewayProcess): Promise<string> {
  const now = Date.parse((await fetch(gateway.url)).headers.get('date') ?? '');
  return new Date(now + 8 * 3_600_000 - 86_400_000).toISOString().slice(0, 10);
}
