// The yardstick of the bench: bare `node:http` gives an answer of the same size.
import { createServer } from "node:http";

const body = "x".repeat(Number(process.argv[2]));
const server = createServer((_, response) => {
  response.writeHead(200, { "Content-Type": "application/json", "Content-Length": body.length });
  response.end(body);
});
server.listen(0, "127.0.0.1", () => {
  console.log(`READY http://127.0.0.1:${server.address().port} -`);
});
