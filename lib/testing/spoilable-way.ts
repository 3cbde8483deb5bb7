import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A way to a server that a test can spoil while it is used. */
export type SpoilableWay = {
  /** The URL that leads through it. */
  url: string;
  /** Breaks every connection, and each new one, until it is mended. */
  cut: () => void;
  /** Takes bytes and new connections, and gives nothing on, until it is mended: a machine that hangs, or a black hole. */
  swallow: () => void;
  /** Lets everything through again. Connections that lost bytes meanwhile break: none of them could go on. */
  mend: () => void;
  /** Holds every piece back for this long, in both directions. */
  delay: (durationMs: number) => void;
  close: () => void;
};

/** Opens a way to the server at `url`. `spoils` says which connections can be spoilt, by their first bytes. */
export async function openWay(
  url: string,
  spoils: (firstBytes: Buffer) => boolean = () => true,
): Promise<SpoilableWay> {
  const real = new URL(url);
  const sockets = new Set<Socket>();
  const lost = new Set<Socket>();
  let state: "open" | "cut" | "swallows" = "open";
  let delayMs = 0;
  const pass = (from: Socket, to: Socket, isSpoilt: () => boolean) => {
    sockets.add(from);
    from.setNoDelay(true);
    from.on("data", (bytes) => {
      if (state === "swallows" && isSpoilt()) lost.add(from);
      else if (delayMs === 0) to.write(bytes);
      // Pieces with the same delay stay in their order.
      else setTimeout(() => to.writable && to.write(bytes), delayMs);
    });
    from.on("error", () => to.destroy());
    from.on("close", () => {
      sockets.delete(from);
      lost.delete(from);
      to.destroy();
    });
  };
  const way = createServer((near) => {
    if (state === "cut") return void near.destroy();
    const far = connect(Number(real.port || 5432), real.hostname);
    let isSpoilt = false;
    near.once("data", (bytes) => {
      isSpoilt = spoils(bytes);
    });
    pass(near, far, () => isSpoilt);
    pass(far, near, () => isSpoilt);
  }).listen(0);
  await once(way, "listening");
  const through = new URL(real);
  through.hostname = "localhost";
  through.port = `${(way.address() as AddressInfo).port}`;
  const breakAll = (broken: Iterable<Socket>) => {
    for (const socket of [...broken]) socket.destroy();
  };
  return {
    url: through.href,
    cut: () => {
      state = "cut";
      breakAll(sockets);
    },
    swallow: () => {
      state = "swallows";
    },
    mend: () => {
      state = "open";
      breakAll(lost);
    },
    delay: (durationMs) => {
      delayMs = durationMs;
    },
    close: () => {
      way.close();
      breakAll(sockets);
    },
  };
}
