// A receiver of webhooks that reads and counts what it gets, as a process of its own. Its parent asks by messages.
import { createServer } from "node:http";

let taken = 0;
let ids = new Set();

const server = createServer((request, response) => {
  request.resume().on("end", () => {
    taken += 1;
    ids.add(request.headers["webhook-id"]);
    response.writeHead(204).end();
  });
});
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));

process.on("message", (what) => {
  if (what === "start anew") {
    taken = 0;
    ids = new Set();
  }
  process.send({ taken, ids: ids.size });
});
