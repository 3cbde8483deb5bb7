import { mkdir, unlink } from "node:fs/promises";
import net from "node:net";
import path from "node:path";

/** Thrown when another process works on the data directory; the message is for the operator. */
export class DataDirInUseError extends Error {}

/** The longest path of a Unix socket that every supported system takes. */
const MAX_SOCKET_PATH = 100;

/**
 * Takes `dataDir` for this process alone: two processes on one embedded database destroy it, and two on
 * one spool would store rows twice. The lock is a listening socket: the operating system releases it however
 * the process ends, so nobody ever deletes a stale lock file by hand. Returns the function that releases it.
 */
export async function lockDataDir(dataDir: string): Promise<() => Promise<void>> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const lockPath = socketPath(dataDir);
  const first = await listen(lockPath);
  if (first) return first;
  if (await somebodyAnswers(lockPath)) throw inUse(dataDir);
  await unlink(lockPath);
  const second = await listen(lockPath);
  if (!second) throw inUse(dataDir);
  return second;
}

function inUse(dataDir: string): DataDirInUseError {
  return new DataDirInUseError(
    `Another Postern is running on the data directory ${dataDir}. Stop it first, or set DATA_DIR to another folder.`,
  );
}

function socketPath(dataDir: string): string {
  if (process.platform === "win32") {
    return path.join("\\\\.\\pipe", path.resolve(dataDir).replaceAll(/[:\\/]/g, "-"));
  }
  const absolute = path.resolve(dataDir, "lock");
  const relative = path.relative(process.cwd(), absolute);
  const shorter = relative.length < absolute.length ? relative : absolute;
  if (shorter.length > MAX_SOCKET_PATH) {
    throw new Error(`DATA_DIR is too long a path (${absolute}): choose one nearer the root.`);
  }
  return shorter;
}

/** Listens on `lockPath`. Null when a living process, or the leftover of a dead one, has the path. */
function listen(lockPath: string): Promise<(() => Promise<void>) | null> {
  return new Promise((resolve, reject) => {
    const server = net.createServer((socket) => socket.end());
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(null);
      else reject(error);
    });
    server.listen(lockPath, () => {
      server.unref();
      resolve(() => new Promise((closed) => server.close(() => closed())));
    });
  });
}

function somebodyAnswers(lockPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(lockPath);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
