import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { databaseUrl } from "@/lib/platform/database/pool";

/** A way to the test's database server that a test can spoil. */
export type WayToDatabase = {
  url: string;
  /** Lets no byte through from now on, and closes nothing: a machine that hangs, or a black hole between the two. */
  swallow: (isOn: boolean) => void;
  /** The time that an answer is under way. */
  delay: (durationMs: number) => void;
  close: () => void;
};

/** Opens a way to the server of `databaseUrl()`. `spoils` says which connections it spoils, by their first bytes. */
export async function openWayToDatabase(
  spoils: (firstBytes: Buffer) => boolean = () => true,
): Promise<WayToDatabase> {
  const real = new URL(databaseUrl());
  const sockets = new Set<Socket>();
  let isSwallowing = false;
  let delayMs = 0;
  const way = createServer((near) => {
    const far = connect(Number(real.port || 5432), real.hostname);
    let isSpoilt = false;
    near.once("data", (bytes) => {
      isSpoilt = spoils(bytes);
    });
    near.on("data", (bytes) => !(isSpoilt && isSwallowing) && far.write(bytes));
    far.on("data", (bytes) => {
      if (isSpoilt && isSwallowing) return;
      if (delayMs === 0) near.write(bytes);
      else setTimeout(() => near.write(bytes), delayMs);
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on("close", () => other.destroy());
      one.on("error", () => other.destroy());
    }
  }).listen(0, "127.0.0.1");
  await once(way, "listening");
  const url = new URL(real);
  url.hostname = "127.0.0.1";
  url.port = `${(way.address() as AddressInfo).port}`;
  return {
    url: url.href,
    swallow: (isOn) => {
      isSwallowing = isOn;
    },
    delay: (durationMs) => {
      delayMs = durationMs;
    },
    close: () => {
      way.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
