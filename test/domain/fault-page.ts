// The page of faults, made from their table alone.
import { FAULTS } from '../../gateway/domain/fault.ts';

export const FAULT_PAGE = 'docs/faults.md';

const RETRY_WORDS = {
  later: 'perhaps',
  never: 'no',
};

export const faultPage = (): string =>
  [
    '# What can go wrong with the gateway or its machine',
    '',
    'Each fault is logged once, where it stops travelling, with its code and its hint.',
    'Odd input is no fault: it becomes a rejection with a reason, counted and kept.',
    '',
    'Made from the table in `gateway/domain/fault.ts`; a test keeps it equal to it.',
    'After changing the table: `UPDATE_DOCS=1 npx vitest run --project unit test/domain/fault.test.ts`.',
    '',
    '| code | what it means | what to do | passes by itself? |',
    '|---|---|---|---|',
    ...Object.entries(FAULTS)
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([code, { means, hint, retry }]) =>
        row([`\`${code}\``, means, hint, RETRY_WORDS[retry]]),
      ),
    '',
  ].join('\n');

const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
