import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A way from the browser to a server that a story can cut and mend. */
export type CuttableWay = { origin: string; cut: () => void; mend: () => void; close: () => void };

/** Opens a way to the server at `origin`. While it is cut, every connection breaks. */
export async function openCuttableWay(origin: string): Promise<CuttableWay> {
  const port = Number(new URL(origin).port);
  const sockets = new Set<Socket>();
  let isCut = false;
  const way = createServer((near) => {
    if (isCut) return near.destroy();
    const far = connect(port, "localhost");
    near.pipe(far).pipe(near);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    return undefined;
  }).listen(0);
  await once(way, "listening");
  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    origin: `http://localhost:${(way.address() as AddressInfo).port}`,
    cut: () => {
      isCut = true;
      breakAll();
    },
    mend: () => {
      isCut = false;
    },
    close: () => {
      way.close();
      breakAll();
    },
  };
}
