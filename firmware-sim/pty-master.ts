// The near end of a pseudo-terminal, straight from libc: opened raw, never blocking, never
// inherited. What the kernel answers (EAGAIN, EIO) becomes words here and nowhere else.
import fs from 'node:fs';
import koffi from 'koffi';

export interface PtyMaster {
  /** The kernel's name for the far end: `/dev/pts/7`. */
  readonly path: string;
  /** How many of the bytes the kernel took; none where the far end does not read. */
  take(bytes: Uint8Array): number;
  /** What came from the far end, or, where nothing did, whether anybody has it open. */
  hear(): Uint8Array | 'nobody' | 'somebody';
  close(): void;
}

/** Linux only, glibc or musl, any processor. */
export function openPtyMaster(): PtyMaster {
  const libc = loadLibc();
  const fd = libc.posixOpenpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) throw failure('posix_openpt');
  const path = farEnd(libc, fd);
  // Until its first close the kernel does not tell a far end that nobody opened from an open one.
  fs.closeSync(fs.openSync(path, O_RDWR | O_NOCTTY | O_NONBLOCK));
  return {
    path,
    take: (bytes) => taken(fd, bytes),
    hear: () => heard(fd),
    close: () => fs.closeSync(fd),
  };
}

const { O_RDWR, O_NOCTTY, O_NONBLOCK } = fs.constants;
/** Else a child process would inherit the master, and closing it would no longer hang up. */
const O_CLOEXEC = 0o2000000;
/** Larger than any libc's `struct termios`, which is only ever handed back to libc. */
const TERMIOS_BYTES = 256;
const TCSANOW = 0;

type Libc = ReturnType<typeof loadLibc>;

/** The symbols that Node itself is linked with, so that nobody need know the library's file. */
function loadLibc() {
  const libc = koffi.load(null);
  return {
    posixOpenpt: libc.func('int posix_openpt(int flags)'),
    grantpt: libc.func('int grantpt(int fd)'),
    unlockpt: libc.func('int unlockpt(int fd)'),
    ptsname: libc.func('int ptsname_r(int fd, _Out_ uint8_t *name, size_t length)'),
    tcgetattr: libc.func('int tcgetattr(int fd, _Inout_ uint8_t *termios)'),
    cfmakeraw: libc.func('void cfmakeraw(_Inout_ uint8_t *termios)'),
    tcsetattr: libc.func('int tcsetattr(int fd, int when, uint8_t *termios)'),
  };
}

/** Unlocks the far end, makes it raw, and tells its name. */
function farEnd(libc: Libc, fd: number): string {
  const name = Buffer.alloc(128);
  const termios = Buffer.alloc(TERMIOS_BYTES);
  must('grantpt', libc.grantpt(fd));
  must('unlockpt', libc.unlockpt(fd));
  must('ptsname_r', libc.ptsname(fd, name, name.length));
  // On Linux the far end's settings may be set from here, and outlive each of its closes.
  must('tcgetattr', libc.tcgetattr(fd, termios));
  libc.cfmakeraw(termios);
  must('tcsetattr', libc.tcsetattr(fd, TCSANOW, termios));
  return name.toString('latin1', 0, name.indexOf(0));
}

function must(call: string, result: number): void {
  if (result !== 0) throw failure(call);
}

const failure = (call: string): Error =>
  new Error(`no pseudo-terminal: ${call} failed with errno ${koffi.errno()}`);

function taken(fd: number, bytes: Uint8Array): number {
  try {
    return bytes.length === 0 ? 0 : fs.writeSync(fd, bytes);
  } catch (error) {
    if (codeOf(error) === 'EAGAIN') return 0;
    throw error;
  }
}

function heard(fd: number): Uint8Array | 'nobody' | 'somebody' {
  const chunk = Buffer.alloc(1024);
  try {
    return chunk.subarray(0, fs.readSync(fd, chunk));
  } catch (error) {
    if (codeOf(error) === 'EIO') return 'nobody';
    if (codeOf(error) === 'EAGAIN') return 'somebody';
    throw error;
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;
