// A store in memory whose disk fails when told to, and which remembers what it was asked to save.
import { Fault } from '../../gateway/domain/fault.ts';
import type { Store, StepCommit } from '../../gateway/store/log.ts';
import { memoryStore } from '../fakes/memory-store.ts';

export interface FailingStore extends Store {
  /** Every attempt, whether or not it succeeded. */
  readonly attempts: readonly StepCommit[];
  /** The next so many of them fail. */
  fail(what: 'save' | 'tell' | 'append' | 'read', times: number): void;
}

export function failingStore(): FailingStore {
  const store = memoryStore();
  const attempts: StepCommit[] = [];
  const left = { save: 0, tell: 0, append: 0, read: 0 };
  const failIfDue = (what: keyof typeof left): void => {
    if (left[what] === 0) return;
    left[what] -= 1;
    throw new Fault('store-write-failed', `${what}: disk full`);
  };
  return {
    ...store,
    attempts,
    fail: (what, times) => void (left[what] = times),
    log: {
      ...store.log,
      async append(entries, raw) {
        failIfDue('append');
        return store.log.append(entries, raw);
      },
      async readAfter(cursor, limit) {
        failIfDue('read');
        return store.log.readAfter(cursor, limit);
      },
    },
    step: {
      load: () => store.step.load(),
      async save(commit) {
        attempts.push(structuredClone(commit));
        failIfDue('save');
        return store.step.save(commit);
      },
      async tellAhead(notices) {
        failIfDue('tell');
        return store.step.tellAhead(notices);
      },
    },
  };
}
