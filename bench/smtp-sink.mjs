// A mail server that takes every message and drops it. Run by `fork`: says where it listens, and answers each message
// from the bench with the messages it took since the last one, and the milliseconds between the first and the last.
import { SMTPServer } from "smtp-server";

let taken = 0;
let firstMs = 0;
let lastMs = 0;

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  logger: false,
  disableReverseLookup: true,
  onData: (stream, _, callback) => {
    stream.resume();
    stream.on("end", () => {
      lastMs = performance.now();
      if (taken === 0) firstMs = lastMs;
      taken += 1;
      callback(null);
    });
  },
});
server.listen(0, "127.0.0.1", () => {
  process.send({ url: `smtp://127.0.0.1:${server.server.address().port}` });
});
process.on("message", (ask) => {
  process.send({ taken, spanMs: lastMs - firstMs });
  if (ask === "start anew") taken = 0;
});
