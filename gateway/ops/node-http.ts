// Node's own HTTP client. Asked for by `require`: an `import` reads every name that the module has, its
// WebSocket among them, and with that loads the whole of Node's other client, 14 MB for nothing.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export const http = require('node:http') as typeof import('node:http');
export const https = require('node:https') as typeof import('node:https');
