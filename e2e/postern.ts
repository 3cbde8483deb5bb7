import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { constants, cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** A Postern of its own: a real process on a data directory that nobody else uses. */
export type Postern = {
  origin: string;
  dataDir: string;
  /** The settings of its own, which an operator's command needs as well. */
  env: Record<string, string>;
  process: ChildProcess;
  /** Everything it has printed so far: where no secret may ever stand. */
  output: () => string;
  /** SIGTERM, and the exit code. */
  stop: () => Promise<number | null>;
  /** `kill -9`, keeping the data directory. */
  kill: () => Promise<void>;
};

export type PosternSettings = {
  /** Kept when it stops. Without one it has a new data directory, which goes with it. */
  dataDir?: string;
  env?: Record<string, string>;
  /** The command to run instead of Node.js, such as npm. */
  command?: string;
  /** What to run instead of `npm start`'s own script. */
  program?: string[];
};

/** Where `prepare-data.ts` keeps a data directory that its database has been made in, and nothing else done. */
export const PREPARED_DATA = "POSTERN_STORIES_DATA";

/** A new data directory: a copy of the prepared one, since to make a database takes longer than most stories. */
export async function newDataDir(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "postern-story-"));
  const prepared = process.env[PREPARED_DATA];
  if (!prepared) throw new Error("The stories' data directory was not prepared.");
  await cp(prepared, folder, { recursive: true, mode: constants.COPYFILE_FICLONE });
  return folder;
}

/** Starts the built product with `npm start`'s own script, on a free port; resolves at its ready line. */
export async function startPostern({
  dataDir,
  env = {},
  command = process.execPath,
  program = ["scripts/start.mjs"],
}: PosternSettings = {}): Promise<Postern> {
  const folder = dataDir ?? (await newDataDir());
  const child = spawn(command, program, {
    env: { ...process.env, DATABASE_URL: "", AUTH_SECRET: "", PORT: "0", DATA_DIR: folder, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  // A story that fails half-way must not leave its process behind.
  const killWithUs = () => child.kill("SIGKILL");
  process.once("exit", killWithUs);
  child.once("exit", () => process.off("exit", killWithUs));
  let printed = "";
  child.stdout.on("data", (chunk) => {
    printed += chunk;
  });
  child.stderr.on("data", (chunk) => {
    printed += chunk;
  });
  const exited = once(child, "exit");
  const origin = await Promise.race([
    readyLine(child, () => printed),
    exited.then(() => Promise.reject(new Error(`Postern did not start:\n${printed}`))),
  ]);
  return {
    origin,
    dataDir: folder,
    env,
    process: child,
    output: () => printed,
    stop: async () => {
      child.kill("SIGTERM");
      const [code] = await exited;
      if (!dataDir) await rm(folder, { recursive: true, force: true });
      return code;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

async function readyLine(child: ChildProcess, printed: () => string): Promise<string> {
  for (;;) {
    const ready = /^ready:? (\S+)/im.exec(printed());
    if (ready?.[1]) return ready[1];
    if (child.stdout) await once(child.stdout, "data");
  }
}
