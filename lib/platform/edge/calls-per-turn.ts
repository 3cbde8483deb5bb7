import type { Socket } from "node:net";

/**
 * The most calls that begin in one turn of the event loop. Node reads a thousand connections in a turn, and would work on
 * a call of each before it reads the next piece of any: what the database says of a revoked key would wait for all of
 * them, as timers and other callers do.
 */
const MOST = 50;

type WaitingCall = { socket: Socket; begin: () => void };

let begun = 0;
const waiting: WaitingCall[] = [];

/** Begins a call in this turn of the event loop, or in one of the next, after those that came before it. */
export function beginInTurn(socket: Socket, begin: () => void): void {
  if (begun === MOST) {
    waiting.push({ socket, begin });
    return;
  }
  countBegun();
  begin();
}

function countBegun(): void {
  if (begun === 0) setImmediate(nextTurn);
  begun += 1;
}

function nextTurn(): void {
  begun = 0;
  for (const { socket, begin } of waiting.splice(0, MOST)) {
    countBegun();
    // Nobody waits for the answer any more, and nothing has been done yet.
    if (!socket.destroyed) begin();
  }
}
