import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Fault, LeftOut } from "./fault";
import { stageScene } from "./scene";

const HOUR_SECONDS = 3_600;
const STAY_MS = 6_000;
/** Time that an email may take on the way to the mail server, whatever the clock says. */
const MAIL_PATIENCE_MS = 60_000;

/** A clock that is an hour ahead, then an hour behind, then right again, each in one step. */
export const CLOCK_STEPPED: Fault = {
  name: "clock-stepped",
  done: "the process's clock steps by +1 h, −2 h and +1 h",
  isShort: false,
  stage: async (house) => {
    const library = findLibrary();
    const folder = mkdtempSync(path.join(tmpdir(), "postern-clock-"));
    const offset = path.join(folder, "offset");
    const step = (hours: number) =>
      writeFileSync(offset, `${hours < 0 ? "" : "+"}${hours * HOUR_SECONDS}\n`);
    step(0);
    const env = {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: offset,
      FAKETIME_NO_CACHE: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
    };
    try {
      return await stageScene(
        house,
        { kinds: ["start"], env, mailPatienceMs: MAIL_PATIENCE_MS },
        async ({ load, promises, notes, mail, members }) => {
          for (const hours of [1, -1, 0]) {
            step(hours);
            const delivered = mail?.arrivals.length ?? 0;
            await pause(STAY_MS);
            await load.untilGood(200);
            const sinceThen = (mail?.arrivals.length ?? 0) - delivered;
            const words = `${hours < 0 ? "−" : "+"}${Math.abs(hours)} h`;
            notes.push(`at ${words}: ${sinceThen} emails delivered`);
            promises.hold(sinceThen > 0, `emails are delivered at ${words}`);
            const answer = await fetch(`${members[0]?.origin}/api/v1/nowhere`);
            const offBy =
              Date.parse(answer.headers.get("date") ?? "") - Date.now() - hours * 3_600_000;
            promises.hold(Math.abs(offBy) < 5_000, `the process's clock is at ${words}`);
          }
          promises.hold(load.refused === 0, `no call is refused (${load.refused} were)`);
          promises.hold(load.slowestMs < 2_000, "no call waits for the clock");
        },
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Debian's package faketime has it. */
function findLibrary(): string {
  const folders = existsSync("/usr/lib") ? readdirSync("/usr/lib") : [];
  const found = folders
    .map((folder) => `/usr/lib/${folder}/faketime/libfaketimeMT.so.1`)
    .find((file) => existsSync(file));
  if (!found) throw new LeftOut("libfaketime is not on this machine (apt-get install faketime)");
  return found;
}
