import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { compareWithDatabase } from "./audit";
import { type Fault, type House, LeftOut, type Outcome } from "./fault";
import type { Member } from "./processes";
import { type Scene, stageScene } from "./scene";

const FULL_MS = 3_000;
const REFILL_EVERY_MS = 50;
const DISK_BYTES = 64 * 1_048_576;
const CUTS = 5;
/** `EXT4_IOC_SHUTDOWN`, and the flag by which it forgets its journal too: all that was not synced is gone. */
const CUT_THE_POWER =
  "import fcntl,os,struct,sys; fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587D, struct.pack('I', 2))";

/** A small disk of its own under a process's spool, which is filled to the last byte and then has room again. */
const full: Fault = {
  name: "disk-full",
  done: "the disk under the spool is full for 3 s; then again, and `kill -9` meanwhile",
  isShort: false,
  stage: (house) =>
    stageScene(house, { kinds: ["start:api"], isOnlyGood: true }, async (scene) => {
      const member = theOne(scene);
      const { load, promises, notes, url } = scene;
      await onDisk(member, ["-t", "tmpfs", "-o", "size=4m", "tmpfs"], async (spool) => {
        await load.untilGood(100);
        await whileFull(spool, FULL_MS);
        const refused = load.refused;
        promises.hold(refused > 0, "calls are refused while the disk is full");
        const roomMs = performance.now();
        await load.untilGood(100);
        notes.push(
          `${refused} refused, back ${Math.round(performance.now() - roomMs)} ms after there is room`,
        );
        const { lostRows } = await compareWithDatabase(url(), load);
        promises.hold(lostRows === 0, `refused calls are on record later (${lostRows} are not)`);
        await whileFull(spool, FULL_MS, () => member.kill());
        await member.start();
        await load.untilGood(100);
      });
    }),
};

/** A file system that forgets all that was not synced, as a power cut does. The process stands still at that moment. */
const powerCut: Fault = {
  name: "power-cut",
  done: `the disk under the spool loses power, with \`SPOOL_SYNC=always\`, ${CUTS} times`,
  isShort: false,
  stage: async (house) => {
    const unsynced = await cutPower(house, "off", 1);
    const outcome = await cutPower(house, "always", CUTS);
    const control = `with \`off\`, one cut lost ${unsynced.lost} calls`;
    return {
      ...outcome,
      notes: [...outcome.notes, control],
      broken: [
        ...outcome.broken,
        ...(unsynced.lost === 0 ? ["a power cut loses what was not synced: this one did not"] : []),
      ],
    };
  },
};

export const DISK_FAULTS: readonly Fault[] = [full, powerCut];

async function cutPower(house: House, sync: "always" | "off", cuts: number): Promise<Outcome> {
  const options = { kinds: ["start:api"], env: { SPOOL_SYNC: sync } } as const;
  return await stageScene(house, options, async (scene) => {
    const member = theOne(scene);
    const folder = mkdtempSync(path.join(tmpdir(), "postern-disk-"));
    const disk = path.join(folder, "disk");
    try {
      writeFileSync(disk, "");
      truncateSync(disk, DISK_BYTES);
      need(spawnSync("mkfs.ext4", ["-q", "-F", disk]), "mkfs.ext4");
      await onDisk(member, ["-o", "loop", disk], async (spool) => {
        for (let cut = 0; cut < cuts; cut += 1) {
          const rows = await holdUp(scene.url());
          await scene.load.untilGood(300);
          await pause((cut * 31) % 100);
          process.kill(member.pid, "SIGSTOP");
          need(
            spawnSync("python3", ["-c", CUT_THE_POWER, spool]),
            "python3 or the file system's shutdown",
          );
          await member.kill();
          await rows.letGo();
          unmount(spool);
          mount(["-o", "loop", disk, spool]);
          await member.start();
        }
        await scene.load.untilGood(100);
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

/** Keeps rows of activity from reaching the database, so that the spool alone has them. */
async function holdUp(url: string): Promise<{ letGo: () => Promise<void> }> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query("BEGIN");
  await client.query("LOCK TABLE activity IN EXCLUSIVE MODE");
  return {
    letGo: async () => {
      // A statement of the dead process that waits for the table would still take effect.
      await client.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
      );
      await client.end();
    },
  };
}

function theOne({ members }: Scene): Member {
  const [member] = members;
  if (!member) throw new Error("The scene has no process.");
  return member;
}

/** Puts a disk under the spool of a process, which is started anew on it, and takes it away when the process is gone. */
async function onDisk(
  member: Member,
  disk: readonly string[],
  work: (spool: string) => Promise<void>,
): Promise<void> {
  const spool = path.join(member.dataDir, "spool");
  await member.stop();
  mkdirSync(spool, { recursive: true });
  mount([...disk, spool]);
  try {
    await member.start();
    await work(spool);
    // It moves what is in its spool before it ends.
    await member.stop();
  } finally {
    await member.remove().catch(() => undefined);
    unmount(spool);
  }
}

/** Keeps a disk full for so long, also where moved files make room. */
async function whileFull(
  spool: string,
  durationMs: number,
  halfWay: () => Promise<void> = async () => undefined,
): Promise<void> {
  const filler = path.join(spool, "filler");
  let isOver = false;
  const filling = (async () => {
    while (!isOver) {
      fill(filler);
      await pause(REFILL_EVERY_MS);
    }
  })();
  await pause(durationMs / 2);
  await halfWay();
  await pause(durationMs / 2);
  isOver = true;
  await filling;
  rmSync(filler);
}

function fill(file: string): void {
  for (const size of [65_536, 4_096, 1]) {
    try {
      for (;;) writeFileSync(file, "x".repeat(size), { flag: "a" });
    } catch {
      // There is no room for a piece of this size.
    }
  }
}

function mount(args: readonly string[]): void {
  if (process.getuid?.() !== 0) throw new LeftOut("only root may mount a disk of its own");
  need(spawnSync("mount", args), "mount");
}

function unmount(folder: string): void {
  spawnSync("umount", ["-l", folder]);
}

function need({ status, error }: { status: number | null; error?: Error }, what: string): void {
  if (status !== 0)
    throw new LeftOut(`${what} does not work here${error ? `: ${error.message}` : ""}`);
}
