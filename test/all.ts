// `npm run test:all`: what the tests need, the tests, the checks, and one last line that sums up.
// A file with a failure is run once more, alone: real browsers and brokers on a machine that does two
// other things at once are sometimes too late for each other. What fails alone too has failed, and
// what did not is named, so that nobody takes it for sound.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The part of vitest's JSON report that is read here. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly failedFiles: readonly string[];
}

const CHECKS = ['check:format', 'check:lint', 'check:types', 'check:dead', 'check:house'];
/** More than that is no matter of luck. */
const MOST_AGAIN = 10;

const folder = mkdtempSync(path.join(tmpdir(), 'courtyard-all-'));

function npm(...words: string[]): boolean {
  console.log(`\n> npm ${words.join(' ')}`);
  return spawnSync('npm', words, { stdio: 'inherit' }).status === 0;
}

/** Runs vitest by an npm script, and reads what became of each file; `undefined` where it fell over. */
function test(name: string, ...words: string[]): Outcome | undefined {
  const file = path.join(folder, `${name}.json`);
  const isGood = npm(
    ...words,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  );
  try {
    const outcome = outcomeOf(JSON.parse(readFileSync(file, 'utf8')) as Report);
    return isGood || outcome.failed > 0 ? outcome : undefined;
  } catch {
    return undefined;
  }
}

function outcomeOf({ testResults }: Report): Outcome {
  const [tests, files] = [testResults.flatMap((each) => each.assertionResults), testResults];
  const failedFiles = files.filter((each) => each.status === 'failed').map((each) => each.name);
  const failedTests = tests.filter(({ status }) => status === 'failed').length;
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    // A file that cannot be loaded fails without counting a test.
    failed: Math.max(failedTests, failedFiles.length),
    failedFiles,
  };
}

function testTwice(): Outcome {
  const broken: Outcome = { passed: 0, failed: 1, failedFiles: [] };
  const first = test('first', 'test', '--');
  if (!first) return broken;
  const { failedFiles } = first;
  if (failedFiles.length === 0 || failedFiles.length > MOST_AGAIN) return first;
  const names = failedFiles.map((each) => path.relative(process.cwd(), each));
  console.log(`\nOnce more, alone: ${names.join(', ')}`);
  const second = test('second', 'run', '-s', 'test:again', '--', ...names);
  if (!second) return broken;
  const sound = names.filter((_, place) => !second.failedFiles.includes(failedFiles[place] ?? ''));
  if (sound.length > 0) console.log(`\nFailed at first and not alone: ${sound.join(', ')}`);
  // What stands in those files passed or failed by its second run; all others by their first.
  return { ...second, passed: passedOutside(failedFiles) + second.passed };
}

function passedOutside(files: readonly string[]): number {
  const report = JSON.parse(readFileSync(path.join(folder, 'first.json'), 'utf8')) as Report;
  const others = report.testResults.filter((each) => !files.includes(each.name));
  return outcomeOf({ testResults: others }).passed;
}

const checked = [npm('run', '-s', 'test:setup')];
const tested = testTwice();
for (const check of CHECKS) checked.push(npm('run', '-s', check));
rmSync(folder, { recursive: true, force: true });

const passed = tested.passed + checked.filter(Boolean).length;
const failed = tested.failed + checked.filter((isGood) => !isGood).length;
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
