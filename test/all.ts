// `npm run test:all`: what the tests need, the tests, the checks, and one last line that sums up.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

interface Summary {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numTotalTests: number;
  readonly success: boolean;
}

const CHECKS = ['check:format', 'check:lint', 'check:types', 'check:dead', 'check:house'];

const folder = mkdtempSync(path.join(tmpdir(), 'courtyard-all-'));
const report = path.join(folder, 'report.json');
let passed = 0;
let failed = 0;

function npm(...words: string[]): boolean {
  console.log(`\n> npm ${words.join(' ')}`);
  return spawnSync('npm', words, { stdio: 'inherit' }).status === 0;
}

function count(isGood: boolean): void {
  if (isGood) passed += 1;
  else failed += 1;
}

function countTests(isGood: boolean): void {
  try {
    const summary = JSON.parse(readFileSync(report, 'utf8')) as Summary;
    passed += summary.numPassedTests;
    failed += summary.numFailedTests;
    // A file that cannot be loaded fails without counting a test.
    if (!isGood && summary.numFailedTests === 0) failed += 1;
  } catch {
    failed += 1;
  }
}

count(npm('run', '-s', 'test:setup'));
countTests(
  npm('test', '--', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`),
);
for (const check of CHECKS) count(npm('run', '-s', check));
rmSync(folder, { recursive: true, force: true });

console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
