import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Fault, FAULTS } from '../../gateway/domain/fault.ts';
import { ROOT } from '../tools.ts';
import { FAULT_PAGE, faultPage } from './fault-page.ts';

describe('a fault', () => {
  it('carries its code, what to do, whether to try again, and what caused it', () => {
    const cause = new Error('EACCES');
    const fault = new Fault('port-unavailable', 'opening /dev/ttyUSB0: permission denied', cause);
    expect(fault).toBeInstanceOf(Error);
    expect(fault).toMatchObject({
      name: 'Fault',
      code: 'port-unavailable',
      message: 'opening /dev/ttyUSB0: permission denied',
      hint: FAULTS['port-unavailable'].hint,
      retry: 'later',
      cause,
    });
  });

  it('without a cause has none, not an undefined one', () => {
    expect(Object.hasOwn(new Fault('stopping', 'taking a message'), 'cause')).toBe(false);
  });
});

describe('the table of faults', () => {
  it.each(Object.entries(FAULTS))(
    '%s says what it means and what to do, in sentences',
    (code, { means, hint }) => {
      expect(code).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
      for (const text of [means, hint]) expect(text).toMatch(/^[A-Z].*[.]$/);
    },
  );

  it('is what the page of faults says', () => {
    const page = path.join(ROOT, FAULT_PAGE);
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(page, faultPage());
    expect(readFileSync(page, 'utf8')).toBe(faultPage());
  });
});
