// Letters to people, for tests of what is told outside.
import type { LetterNews } from '../../gateway/domain/letter.ts';
import type { Notice } from '../../gateway/domain/notice.ts';
import { instant } from '../../gateway/domain/time.ts';

interface LetterNotice extends Notice {
  readonly news: LetterNews;
}

export const LINK = 'https://luyuan.example/t/';

export const letter = (
  ticket: number,
  changes: Partial<LetterNews> = {},
  channel = 'duty',
): LetterNotice => ({
  channel,
  key: `T${ticket}:first`,
  subject: `T${ticket}`,
  at: instant(Date.parse('2026-11-02T04:00:00Z')),
  news: {
    kind: 'letter',
    reason: 'first',
    title: `1号湿垃圾桶满了（工单 ${ticket}）`,
    lines: ['1号投放点，12:00 起', '请在 13:00 前处理'],
    link: `${LINK}${ticket}`,
    severity: 'medium',
    tickets: [`T${ticket}`],
    ...changes,
  },
});
