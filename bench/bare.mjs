// The baseline of the bench: an answer of the same size from bare `node:http`, with nothing in between.
import { createServer } from "node:http";
import { tellVitals } from "./vitals.mjs";

const body = "x".repeat(Number(process.argv[2]));
const server = createServer((_, response) => {
  response.writeHead(200, { "Content-Type": "application/json", "Content-Length": body.length });
  response.end(body);
});
server.listen(0, "127.0.0.1", () => {
  // The bench that started this process waits for the line.
  console.log(`READY http://127.0.0.1:${server.address().port} -`);
});
tellVitals();
