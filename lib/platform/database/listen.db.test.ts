import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { type Hearing, LISTENER_NAME, startListening } from "@/lib/platform/database/listen";
import { databaseUrl, isEmbeddedDatabase, pool } from "@/lib/platform/database/pool";

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
    await vi.waitFor(() => expect(sounds.heard).toEqual([["loud"]]));
    expect(colours.heard).toEqual([["red", "green"]]);
    stop();
    await vi.waitFor(async () => expect(await listeners()).toEqual([]));
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
    await vi.waitFor(() => expect(gaps()).toBeGreaterThan(gapsBefore));
    await vi.waitFor(() => expect(gaps()).toBe(gapsBefore + 2));
    expect(await listeners()).not.toContain(before);
    await notify("colours", "red");
    await vi.waitFor(() => expect(heard).toEqual([["red"]]));
  },
);

test.skipIf(isEmbeddedDatabase())(
  "a connection behind a black hole is noticed, and replaced once there is a way again",
  async () => {
    const way = await wayToDatabase();
    vi.stubEnv("DATABASE_URL", way.url);
    const { hearing, heard, gaps } = keeper("colours");
    await listen(hearing);
    const gapsBefore = gaps();
    way.swallow(true);
    await vi.waitFor(() => expect(gaps()).toBeGreaterThan(gapsBefore), { timeout: 10_000 });
    way.swallow(false);
    await vi.waitFor(() => expect(gaps()).toBeGreaterThan(gapsBefore + 1), { timeout: 10_000 });
    await notify("colours", "red");
    await vi.waitFor(() => expect(heard).toEqual([["red"]]));
    way.close();
  },
);

test.skipIf(isEmbeddedDatabase())(
  "where there is no database it starts all the same, and listens once there is one",
  async () => {
    const way = await wayToDatabase();
    way.swallow(true);
    const url = databaseUrl();
    vi.stubEnv("DATABASE_URL", way.url);
    const { hearing, heard } = keeper("colours");
    await listen(hearing);
    way.close();
    vi.stubEnv("DATABASE_URL", url);
    await vi.waitFor(async () => expect(await listeners()).toHaveLength(1), { timeout: 10_000 });
    await notify("colours", "red");
    await vi.waitFor(() => expect(heard).toEqual([["red"]]));
  },
);

/** A way to the database that can swallow every byte, and close no connection. */
async function wayToDatabase() {
  const real = new URL(databaseUrl());
  const sockets = new Set<Socket>();
  let isSwallowing = false;
  const way: Server = createServer((near) => {
    const far = connect(Number(real.port || 5432), real.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (bytes) => !isSwallowing && to.write(bytes));
      from.on("close", () => to.destroy());
      from.on("error", () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => way.listen(0, "127.0.0.1", resolve));
  const url = new URL(real);
  url.hostname = "127.0.0.1";
  url.port = `${(way.address() as AddressInfo).port}`;
  return {
    url: url.href,
    swallow: (isOn: boolean) => {
      isSwallowing = isOn;
    },
    close: () => {
      way.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
