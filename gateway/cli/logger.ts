import { pino, type Logger } from 'pino';
import type { Shell } from './shell.ts';

/** JSON lines on standard output, for journald or a file; quieter or louder by level. */
export function openLogger(shell: Shell, level?: string): Logger {
  return pino({
    level: level ?? shell.env['COURTYARD_LOG_LEVEL'] ?? 'info',
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });
}
