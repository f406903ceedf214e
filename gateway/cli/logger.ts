import { pino, type Logger } from 'pino';
import type { Shell } from './shell.ts';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error'] as const;
const isLevel = (word: string): boolean => LOG_LEVELS.some((level) => level === word);

/** JSON lines on standard output, for journald or a file; quieter or louder by level. */
export function openLogger(shell: Shell, level?: string): Logger {
  const wanted = level ?? shell.env['COURTYARD_LOG_LEVEL'] ?? 'info';
  const logger = pino({
    level: isLevel(wanted) ? wanted : 'info',
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });
  if (!isLevel(wanted)) logger.warn({ wanted }, `no such log level; info it is`);
  return logger;
}
