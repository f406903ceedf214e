// A screen that only measures: how long the live stream was ever silent.

export interface LiveWatch {
  /** Hangs up and gives the longest time between two things heard, in ms. */
  stop(): number;
}

export function watchLive(url: string): LiveWatch {
  const hangUp = new AbortController();
  let last = performance.now();
  let longest = 0;
  const heard = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const reading = read(`${url}/api/v1/live`, hangUp.signal, heard);
  reading.catch(() => undefined);
  return {
    stop() {
      heard();
      hangUp.abort();
      return longest;
    },
  };
}

async function read(url: string, signal: AbortSignal, heard: () => void): Promise<void> {
  const response = await fetch(url, { signal, headers: { accept: 'text/event-stream' } });
  await response.body?.pipeTo(new WritableStream({ write: heard }));
}
