import { describe, expect, it, onTestFinished } from 'vitest';
import type { LetterItem, LetterNews } from '../../gateway/domain/letter.ts';
import type { Notice } from '../../gateway/domain/notice.ts';
import { hours, minutes, type Duration } from '../../gateway/domain/time.ts';
import { mergedLetter, type LetterNotice } from '../../gateway/flow/outbox/channel-merge.ts';
import { createDispatch } from '../../gateway/flow/outbox/dispatch.ts';
import type { Told } from '../../gateway/notify/notifier.ts';
import type { Store } from '../../gateway/store/log.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { letter } from '../fakes/hand-notices.ts';
import { keptLog } from '../fakes/kept-log.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { stepCommit } from '../store/entries.ts';

const item = (id: string, reason: LetterItem['reason']): LetterItem => ({
  id,
  reason,
  line: `${reason} ${id}`,
});
const told = (at: number, ...items: LetterItem[]): LetterNotice =>
  letter(at, {
    items,
    tickets: items.map(({ id }) => id),
    link: `https://luyuan.example/engineer/tickets/${items[0]?.id}`,
  }) as LetterNotice;

describe('letters that waited too long become one, which', () => {
  it('says of each thing what is true now, what is over last', () => {
    const { key, news } = mergedLetter(
      [
        told(1, item('T1', 'grew'), item('T2', 'first')),
        told(2, item('T1', 'resolved'), item('T3', 'first')),
        told(3, item('T3', 'grew')),
      ],
      'zh',
    );
    expect(news).toMatchObject({
      reason: 'outage',
      title: '[中断后汇总] 2 件待处理，1 件已恢复',
      lines: ['first T2', 'grew T3', 'resolved T1'],
      tickets: ['T2', 'T3', 'T1'],
      link: 'https://luyuan.example/engineer/',
      to: '13812345678',
    });
    expect(key).toMatch(/^outage:cleaners-group:/u);
  });

  it('leaves out what came and went unheard, and says so where that was all', () => {
    const { news } = mergedLetter(
      [told(1, item('T1', 'first')), told(2, item('T1', 'grew')), told(3, item('T1', 'resolved'))],
      'en',
    );
    expect(news.title).toBe('[After an outage] all that came up is over');
    expect(news.lines).toEqual([]);
  });

  it('is the same for the same letters, and can be merged again', () => {
    const some = [told(1, item('T1', 'first')), told(2, item('T2', 'first'))];
    expect(mergedLetter(some, 'zh')).toEqual(mergedLetter(some, 'zh'));
    const again = mergedLetter([mergedLetter(some, 'zh'), told(3, item('T1', 'resolved'))], 'zh');
    expect(again.news.lines).toEqual(['first T2']);
  });

  it('is, of digests, the last one', () => {
    const { items: _, ...news } = told(1).news;
    const daily = (at: number): LetterNotice => ({
      ...told(at),
      news: { ...news, reason: 'daily' },
    });
    expect(mergedLetter([daily(1), daily(2)], 'zh')).toEqual(daily(2));
  });
});

function house(store: Store = memoryStore()) {
  const clock = handClock('2026-11-20T14:00:00+08:00');
  let answer: Told = { kind: 'try-later', why: 'connect ECONNREFUSED' };
  const heard: { readonly key: string; readonly news: LetterNews }[] = [];
  const dispatch = createDispatch({
    notifiers: [
      {
        id: 'duty-group',
        kind: 'wecom',
        atOnce: 1,
        async tell({ key, news }) {
          if (answer.kind === 'told' && news.kind === 'letter') heard.push({ key, news });
          return answer;
        },
        close: () => undefined,
      },
    ],
    outbox: store.outbox,
    clock,
    random: () => 0,
    logger: keptLog(),
  });
  onTestFinished(() => dispatch.stop());
  const turns = async (): Promise<void> => {
    for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
  };
  return {
    store,
    dispatch,
    heard,
    answers: (how: Told) => {
      answer = how;
    },
    async save(...notices: Notice[]) {
      await store.step.save(stepCommit({ notices }));
      dispatch.take(notices);
      await turns();
    },
    async pass(span: Duration) {
      clock.moveBy(span);
      await turns();
    },
    of: async (state: Parameters<Store['outbox']['notes']>[0]) =>
      (await store.outbox.notes(state, 999)).map(({ key }) => key),
  };
}

describe('after 72 hours in which the channel was down', () => {
  it('one letter comes instead of three hundred, and each of those is shown as spoken for', async () => {
    const { dispatch, save, pass, answers, heard, of } = house();
    await dispatch.start();
    for (let n = 0; n < 300; n += 1) {
      await save(told(n, item(`T${n % 40}`, n < 40 ? 'first' : 'reminder')));
      await pass(minutes(14));
    }
    expect(heard).toEqual([]);
    answers({ kind: 'told' });
    await pass(hours(1));
    expect(heard).toHaveLength(1);
    expect(heard[0]?.news).toMatchObject({ reason: 'outage' });
    expect(heard[0]?.news.items).toHaveLength(40);
    await pass(minutes(1));
    expect(await of('waiting')).toEqual([]);
    expect(await of('told')).toEqual([heard[0]?.key]);
    expect((await of('superseded')).filter((key) => key.startsWith('letter:'))).toHaveLength(300);
    expect(dispatch.states()[0]).toMatchObject({ state: 'up', waiting: 0, told: 1 });
    expect(dispatch.states()[0]?.superseded).toBeGreaterThanOrEqual(300);
  });

  it('the same holds where the gateway was off meanwhile, and two are not merged', async () => {
    const store = memoryStore();
    const rows = [1, 2, 3].map((n) => told(n, item(`T${n}`, 'first')));
    const other = { ...told(9, item('T9', 'first')), subject: 'reader:li' };
    await store.step.save(stepCommit({ notices: [...rows, other] }));
    const { dispatch, answers, heard, pass } = house(store);
    answers({ kind: 'told' });
    await dispatch.start();
    await pass(minutes(1));
    expect(heard.map(({ news }) => news.tickets)).toEqual([['T9'], ['T1', 'T2', 'T3']]);
  });

  it('a letter that is just being told is no part of it', async () => {
    const { dispatch, save, pass, answers, heard } = house();
    await dispatch.start();
    for (const n of [1, 2, 3]) await save(told(n, item(`T${n}`, 'first')));
    await pass(hours(1));
    answers({ kind: 'told' });
    await pass(hours(1));
    expect(heard.flatMap(({ news }) => news.tickets).toSorted()).toEqual(['T1', 'T2', 'T3']);
  });
});

describe('a person may', () => {
  it('have a letter sent at once that waits, and one that was given up', async () => {
    const { dispatch, save, pass, answers, heard, of } = house();
    await dispatch.start();
    answers({ kind: 'never', why: 'errcode 93000' });
    const one = told(1, item('T1', 'first'));
    await save(one);
    await pass(minutes(1));
    expect(await of('given-up')).toEqual([one.key]);
    answers({ kind: 'told' });
    expect(await dispatch.retry(one)).toBe(true);
    await pass(minutes(1));
    expect(heard.map(({ key }) => key)).toEqual([one.key]);
    expect(await of('told')).toEqual([one.key]);
    expect(await dispatch.retry({ ...one, channel: 'gone' })).toBe(false);
  });

  it('have it dropped with their words, and it is never told', async () => {
    const { dispatch, save, pass, answers, heard, store } = house();
    await dispatch.start();
    const one = told(1, item('T1', 'first'));
    await save(one);
    expect(await dispatch.drop(one, 'li: 已电话通知')).toBe(true);
    answers({ kind: 'told' });
    await pass(hours(1));
    expect(heard).toEqual([]);
    expect(await store.outbox.notes('dropped', 9)).toMatchObject([{ words: 'li: 已电话通知' }]);
    expect(dispatch.states()[0]?.waiting).toBe(0);
  });
});
