import type { NoticeView } from '../../gateway/api/schemas.ts';

export type NoticeState = NoticeView['state'];

/** What is stuck first. */
export const NOTICE_STATES: readonly NoticeState[] = [
  'waiting',
  'given-up',
  'told',
  'superseded',
  'dropped',
];
