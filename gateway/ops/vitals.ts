import { loadavg } from 'node:os';
import { memoryUsage, uptime } from 'node:process';

/** What the machine says of this process, and of how busy it is itself. */
export const readVitals = () => ({
  uptimeS: Math.round(uptime()),
  memoryMb: Math.round(memoryUsage.rss() / 1e6),
  loadAverage: loadavg().map((load) => Math.round(load * 100) / 100),
});
