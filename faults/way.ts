import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A way to a server that can be made slow or silent, or cut, while it is used. */
export type Way = {
  /** The URL that leads through it. */
  url: string;
  /** Holds every piece back for this long, in both directions. */
  delay: (ms: number) => void;
  /**
   * From now on it takes bytes and new connections, and gives nothing back. Later it lets through again, and breaks the
   * connections that lost bytes meanwhile: none of them could go on.
   */
  swallow: (isSwallowing: boolean) => void;
  close: () => void;
};

/** Opens a way to the server at `url`. */
export async function openWay(url: string): Promise<Way> {
  const real = new URL(url);
  const sockets = new Set<Socket>();
  const lost = new Set<Socket>();
  let delayMs = 0;
  let isSwallowing = false;
  const pass = (from: Socket, to: Socket) => {
    from.on("data", (bytes) => {
      if (isSwallowing) {
        lost.add(from);
        return;
      }
      if (delayMs === 0) to.write(bytes);
      // Pieces with the same delay stay in their order.
      else setTimeout(() => to.writable && to.write(bytes), delayMs);
    });
    from.on("error", () => to.destroy());
    from.on("close", () => {
      sockets.delete(from);
      lost.delete(from);
      to.destroy();
    });
    sockets.add(from);
  };
  const way = createServer((near) => {
    const far = connect(Number(real.port), real.hostname);
    near.setNoDelay(true);
    far.setNoDelay(true);
    pass(near, far);
    pass(far, near);
  });
  way.listen(0, "127.0.0.1");
  await once(way, "listening");
  const through = new URL(real);
  through.hostname = "127.0.0.1";
  through.port = `${(way.address() as AddressInfo).port}`;
  return {
    url: through.href,
    delay: (ms) => {
      delayMs = ms;
    },
    swallow: (now) => {
      isSwallowing = now;
      for (const socket of lost) socket.destroy();
      lost.clear();
    },
    close: () => {
      way.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
