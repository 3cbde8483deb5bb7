import { afterEach, expect, test, vi } from "vitest";
import { LISTENER_NAME, startListening } from "@/lib/platform/database/listen";
import { databaseUrl, isEmbeddedDatabase, pool } from "@/lib/platform/database/pool";
import type { Hearing } from "@/lib/platform/hearing";
import { openWay } from "@/lib/testing/spoilable-way";

/** Enough for a busy machine. */
const PATIENT = { timeout: 10_000 };

let stop = () => {};

afterEach(() => {
  stop();
  vi.unstubAllEnvs();
});

/** A hearing that keeps what it is told. */
function keeper(channel: string) {
  const heard: string[][] = [];
  let gaps = 0;
  const hearing: Hearing = {
    channel,
    hear: (payloads) => heard.push([...payloads]),
    missed: () => {
      gaps += 1;
    },
  };
  return { hearing, heard, gaps: () => gaps };
}

async function listen(...hearings: Hearing[]): Promise<void> {
  ({ stop } = await startListening(hearings));
}

async function notify(channel: string, ...payloads: string[]): Promise<void> {
  await pool().query("SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload", [
    channel,
    payloads,
  ]);
}

/** The backends that listen for this process's database. */
async function listeners(): Promise<number[]> {
  const { rows } = await pool().query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE application_name = $1 AND datname = current_database()",
    [LISTENER_NAME],
  );
  return rows.map(({ pid }) => pid);
}

test.runIf(isEmbeddedDatabase())("the embedded database has nobody who listens", async () => {
  const { hearing, heard, gaps } = keeper("colours");
  await listen(hearing);
  await notify("colours", "red");
  expect(heard).toEqual([]);
  expect(gaps()).toBe(0);
});

test.skipIf(isEmbeddedDatabase())(
  "each channel hears its own, together what came together",
  async () => {
    const [colours, sounds] = [keeper("colours"), keeper("sounds")];
    await listen(colours.hearing, sounds.hearing);
    await notify("colours", "red", "green");
    await notify("Colours", "blue");
    await notify("sounds", "loud");
    await vi.waitFor(() => expect(sounds.heard).toEqual([["loud"]]), PATIENT);
    expect(colours.heard).toEqual([["red", "green"]]);
    stop();
    await vi.waitFor(async () => expect(await listeners()).toEqual([]), PATIENT);
  },
);

test.skipIf(isEmbeddedDatabase())(
  "a connection that is cut is a gap at once and another one when it is there again",
  async () => {
    const { hearing, heard, gaps } = keeper("colours");
    await listen(hearing);
    const [before] = await listeners();
    const gapsBefore = gaps();
    await pool().query("SELECT pg_terminate_backend($1)", [before]);
    await vi.waitFor(() => expect(gaps()).toBeGreaterThan(gapsBefore), PATIENT);
    await vi.waitFor(() => expect(gaps()).toBe(gapsBefore + 2), PATIENT);
    expect(await listeners()).not.toContain(before);
    await notify("colours", "red");
    await vi.waitFor(() => expect(heard).toEqual([["red"]]), PATIENT);
  },
);

test.skipIf(isEmbeddedDatabase())(
  "a connection behind a black hole is noticed, and replaced once there is a way again",
  async () => {
    const way = await openWay(databaseUrl());
    vi.stubEnv("DATABASE_URL", way.url);
    const { hearing, heard, gaps } = keeper("colours");
    await listen(hearing);
    const gapsBefore = gaps();
    way.swallow();
    await vi.waitFor(() => expect(gaps()).toBeGreaterThan(gapsBefore), { timeout: 10_000 });
    way.mend();
    await hearsAgain(heard);
    way.close();
  },
);

test.skipIf(isEmbeddedDatabase())(
  "where there is no database it starts all the same, and listens once there is one",
  async () => {
    const way = await openWay(databaseUrl());
    way.swallow();
    const url = databaseUrl();
    vi.stubEnv("DATABASE_URL", way.url);
    const { hearing, heard } = keeper("colours");
    await listen(hearing);
    way.close();
    vi.stubEnv("DATABASE_URL", url);
    await hearsAgain(heard);
    expect(await listeners()).toHaveLength(1);
  },
);

/** Tells of a colour until it is heard: nobody knows from outside when the next connection listens. */
async function hearsAgain(heard: readonly string[][]): Promise<void> {
  await vi.waitFor(async () => {
    await notify("colours", "red");
    expect(heard.flat()).toContain("red");
  }, PATIENT);
}
