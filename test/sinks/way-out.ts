// The gateway's own way out over HTTP, with the system's names; closed after the test.
import { lookup } from 'node:dns';
import { createHttpPost, type HttpPost } from '../../gateway/ops/http-post.ts';

export const wayOut = (): HttpPost =>
  createHttpPost({
    connections: 2,
    lookup: (name, options, answer) => lookup(name, options, answer),
  });
