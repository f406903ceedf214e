// What is told to people, as the API shows it: the outbox, the channels, and the readers' mailbags.
// What a person decides about a notice goes into the audit chain.
import type { Answer, NoticesDesk } from '../../api/desk.ts';
import type { NoticeView, ReaderView } from '../../api/schemas.ts';
import type { Mailbag } from '../../domain/mailbag.ts';
import type { News } from '../../domain/notice.ts';
import type { NoticeSettings } from '../../domain/reader.ts';
import type { Standing } from '../../domain/standing.ts';
import type { Outbox, OutboxNote } from '../../store/log.ts';
import type { Commands } from '../commands.ts';
import type { Dispatch } from '../outbox/dispatch.ts';
import { createReachDesk } from './reach-desk.ts';
import { createReaders } from './telling-readers.ts';
import { iso } from '../views.ts';

export interface NoticeDeskParts {
  readonly outbox: Pick<Outbox, 'notes' | 'note'>;
  readonly dispatch: Pick<Dispatch, 'states' | 'retry' | 'drop'>;
  readonly standing: Pick<Standing, 'mailbags' | 'people'>;
  readonly settings: NoticeSettings;
  readonly commands: Pick<Commands, 'note' | 'personAction'>;
}

const MOST_LISTED = 500;

export function createNoticeDesk(parts: NoticeDeskParts): NoticesDesk {
  const { outbox, dispatch, commands } = parts;
  const find = async (id: string): Promise<OutboxNote | undefined> =>
    /^\d{1,15}$/u.test(id) ? outbox.note(Number(id)) : undefined;
  const shown = async (note: OutboxNote): Promise<Answer<NoticeView>> => ({
    ok: true,
    value: noticeView((await outbox.note(note.id)) ?? note),
  });
  return {
    notices: async (state) => (await outbox.notes(state, MOST_LISTED)).map(noticeView),
    telling: () => ({
      channels: dispatch.states().map(({ since, ...state }) => ({
        ...state,
        ...(since !== undefined && { since: iso(since) }),
      })),
      readers: readersOf(parts),
    }),
    async retryNotice({ id, actor }) {
      const note = await find(id);
      if (!note) return noSuch(id);
      if (note.state !== 'waiting' && note.state !== 'given-up') return isOver(note);
      if (!(await dispatch.retry(note)))
        return refused(409, 'No such channel', `${note.channel} has left the site file`);
      const { channel, key } = note;
      await commands.note({ on: 'notice', id, action: 'retry', actor, body: { channel, key } });
      return shown(note);
    },
    ...createReachDesk(parts),
    async dropNotice({ id, reason, actor }) {
      const note = await find(id);
      if (!note) return noSuch(id);
      if (note.state !== 'waiting' && note.state !== 'given-up') return isOver(note);
      if (!(await dispatch.drop(note, `${actor.by}: ${reason}`)))
        return refused(409, 'Under way', 'it is just being told; try again in a moment');
      const { channel, key } = note;
      const body = { channel, key, reason };
      await commands.note({ on: 'notice', id, action: 'drop', actor, body });
      return shown(note);
    },
  };
}

const refused = (status: 404 | 409, title: string, detail: string): Answer<never> => ({
  ok: false,
  status,
  title,
  detail,
});
const noSuch = (id: string): Answer<never> =>
  refused(404, 'No such notice', `there is no notice ${id}, or it is forgotten`);
const isOver = ({ state }: OutboxNote): Answer<never> =>
  refused(409, 'It is over', `this notice is ${state}`);

function noticeView(note: OutboxNote): NoticeView {
  const { id, key, channel, state, tries, words, at, settledAt, news } = note;
  return {
    id: String(id),
    key,
    channel,
    state,
    ...said(news),
    tries,
    ...(words !== undefined && { words }),
    since: iso(at),
    ...(settledAt !== undefined && { settledAt: iso(settledAt) }),
  };
}

function said(news: News): Pick<NoticeView, 'reader' | 'reason' | 'severity' | 'title' | 'lines'> {
  if (news.kind !== 'letter')
    return { title: `${news.name} ${news.text}`, lines: [], severity: news.severity };
  const { reader, reason, severity, title, lines } = news;
  return {
    ...(reader !== undefined && { reader }),
    reason,
    ...(severity && { severity }),
    title,
    lines: [...lines],
  };
}

const readersOf = ({ settings, standing }: NoticeDeskParts): ReaderView[] =>
  createReaders(settings, standing.people)
    .all()
    .map(({ id, over }) => readerView(id, over, standing.mailbags.get(id)));

function readerView(id: string, channel: string, bag: Mailbag | undefined): ReaderView {
  const pending = Object.values(bag?.items ?? {}).filter(({ news }) => news !== undefined);
  return {
    id,
    channel,
    pending: pending.length,
    quiet: pending.filter(({ news }) => news?.held === 'quiet').length,
    ...(bag?.dueAt !== undefined && { nextAt: iso(bag.dueAt) }),
    counts: { ...bag?.counts },
  };
}
