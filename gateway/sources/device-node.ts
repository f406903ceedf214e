// Which device a path stands for at the moment. A USB adapter that was pulled and put back gets a
// new node under the same /dev/serial/by-id name, while the old descriptor may stay open and
// silent for ever; only the file system tells the two apart.
import { stat } from 'node:fs/promises';

/** Equal for the same node, different for its successor; undefined where there is none. */
export type NodeIdentity = string | undefined;

/** Follows symbolic links, as opening does. */
export async function identify(path: string): Promise<NodeIdentity> {
  try {
    const { dev, ino, rdev } = await stat(path);
    return `${dev}:${ino}:${rdev}`;
  } catch {
    return undefined; // why it cannot be seen is what opening it will say
  }
}
