import type { SourceStanding } from '../domain/standing.ts';
import { CLEAR, type Verdict } from './verdict.ts';

export const judgeLink = (source: SourceStanding): Verdict =>
  source.state === 'down' ? { kind: 'violated', since: source.since } : CLEAR;
