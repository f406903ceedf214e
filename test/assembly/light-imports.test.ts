// What a gateway at rest weighs hangs on a line of import: `node:http` imported by name reads every name
// that it has, its WebSocket among them, and so loads the whole of Node's other HTTP client: 14 MB.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../tools.ts';

/** Loaded only while the store cannot be opened. */
const ALLOWED = ['assembly/waiting-room.ts'];

describe('what a running gateway loads', () => {
  it('no file of it imports node:http for more than its types', () => {
    const folder = path.join(ROOT, 'gateway');
    const heavy = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .filter((file) =>
        /^import (?!type)[^;]* from 'node:https?'/m.test(
          readFileSync(path.join(folder, file), 'utf8'),
        ),
      );
    expect(heavy).toEqual(ALLOWED);
  });
});
