// Opens a store as a gateway does, in a process of its own, and prints what it found.
// Run as: node open-whole.ts <dir>
import { openWhole } from './opened.ts';

process.stdout.write(JSON.stringify(await openWhole(process.argv[2] ?? '')));
