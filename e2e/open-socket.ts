import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Postern } from "./postern";

/** A connection to the process, on which nothing was sent yet. What breaks it is no failure of the story. */
export async function openSocket({ origin }: Postern): Promise<Socket> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {});
  await once(socket, "connect");
  return socket;
}

/** Resolves once the connection is closed. */
export function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) resolve();
    else socket.once("close", () => resolve());
  });
}
