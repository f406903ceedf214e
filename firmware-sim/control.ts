// Asks a running simulator, through its control socket.
import http from 'node:http';

export interface Answer {
  readonly status: number;
  /** JSON as it came; `{error}` in words where the status is 400 or more. */
  readonly body: unknown;
}

/** Nobody answers at the socket. */
export class NotReachable extends Error {
  override readonly name = 'NotReachable';
}

export interface Question {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Such as `/bins/k1-wet/fill`. */
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
}

export async function askSimulator(
  socketPath: string,
  { method, path, body }: Question,
): Promise<Answer> {
  const content = body === undefined ? '' : JSON.stringify(body);
  // Said outright, because Node does not measure the body of a DELETE.
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(content),
  };
  const { status, text } = await new Promise<{ status: number; text: string }>(
    (resolve, reject) => {
      const request = http.request(
        { socketPath, method, path, headers, timeout: 5000 },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk;
          });
          response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
          response.on('error', reject);
        },
      );
      request.on('timeout', () => request.destroy(new Error('no answer within 5 s')));
      request.on('error', (cause) =>
        reject(
          new NotReachable(`no simulator answers at ${socketPath}: ${cause.message}`, { cause }),
        ),
      );
      request.end(content);
    },
  );
  return { status, body: JSON.parse(text) };
}
