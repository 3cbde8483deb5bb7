import { Client } from "pg";
import { exchange, expectOthersQuick, theOne } from "./callers";
import { clusterOf, type Fault } from "./fault";
import { stageScene } from "./scene";

const HEAD = "POST /api/v1/events/send HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

/** Requests that two servers may take apart in two ways. Each carries `inner`, which must never be answered. */
const ATTEMPTS: Readonly<Record<string, (inner: string) => string>> = {
  "CL.TE": (inner) =>
    `${HEAD}Content-Length: ${inner.length + 5}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
  "TE.CL": (inner) =>
    `${HEAD}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n${inner.length.toString(16)}\r\n${inner}\r\n0\r\n\r\n`,
  "TE.TE, the second unknown": (inner) =>
    `${HEAD}Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n${inner}`,
  "TE with a space before the colon": (inner) =>
    `${HEAD}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${inner}`,
  "TE with an unknown name": (inner) =>
    `${HEAD}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${inner}`,
  "TE with a vertical tab": (inner) =>
    `${HEAD}Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n${inner}`,
  "TE that does not end with chunked": (inner) =>
    `${HEAD}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${inner}`,
  "TE by obs-fold": (inner) => `${HEAD}Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n${inner}`,
  "TE and CL by obs-fold": (inner) =>
    `${HEAD}X: a\r\n Content-Length: ${inner.length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
  "TE in HTTP/1.0": (inner) =>
    `POST /api/v1/events/send HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
  "two CL": (inner) =>
    `${HEAD}Content-Length: 0\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`,
  "two CL in one": (inner) => `${HEAD}Content-Length: 0, ${inner.length}\r\n\r\n${inner}`,
  "CL with a sign": (inner) => `${HEAD}Content-Length: +0\r\n\r\n${inner}`,
  "CL below zero": (inner) => `${HEAD}Content-Length: -1\r\n\r\n${inner}`,
  "CL in hexadecimal": (inner) => `${HEAD}Content-Length: 0x0\r\n\r\n${inner}`,
  "CL with a space in it": (inner) => `${HEAD}Content-Length: 0 0\r\n\r\n${inner}`,
  "CL beyond all numbers": (inner) => `${HEAD}Content-Length: 18446744073709551616\r\n\r\n${inner}`,
  "CL by obs-fold": (inner) => `${HEAD}Content-Length:\r\n 0\r\n\r\n${inner}`,
  "CL behind a bare CR": (inner) => `${HEAD}X: a\rContent-Length: ${inner.length}\r\n\r\n${inner}`,
  "bare LF for every line": (inner) =>
    `${HEAD.replaceAll("\r\n", "\n")}Content-Length: 0\n\n${inner}`,
  "bare LF before CL": (inner) => `${HEAD}X: a\nContent-Length: 0\r\n\r\n${inner}`,
  "bare CR for every line": (inner) =>
    `${HEAD.replaceAll("\r\n", "\r")}Content-Length: 0\r\r${inner}`,
  "NUL in a header": (inner) => `${HEAD}X: \0\r\nContent-Length: 0\r\n\r\n${inner}`,
  "a space before the first header": (inner) =>
    `POST /api/v1/events/send HTTP/1.1\r\n Host: x\r\nContent-Length: 0\r\n\r\n${inner}`,
  "a chunk that ends with a bare LF": (inner) =>
    `${HEAD}Transfer-Encoding: chunked\r\n\r\n2\n{}\n0\n\n${inner}`,
  "a chunk size in another form": (inner) =>
    `${HEAD}Transfer-Encoding: chunked\r\n\r\n0x2\r\n{}\r\n0\r\n\r\n${inner}`,
  "a chunk size beyond all numbers": (inner) =>
    `${HEAD}Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\n${inner}`,
  "a chunk longer than its size": (inner) =>
    `${HEAD}Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n${inner}`,
  "a chunk extension with a bare LF": (inner) =>
    `${HEAD}Transfer-Encoding: chunked\r\n\r\n2;\nxx\r\n{}\r\n0\r\n\r\n${inner}`,
  "a body of GET": (inner) =>
    `GET /api/v1/nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`,
  "a body that is asked for first": (inner) =>
    `${HEAD}Expect: 100-continue\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`,
  "a body behind CONNECT": (inner) => `CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n${inner}`,
  "a body behind an upgrade": (inner) =>
    `GET /api/v1/nowhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`,
  "two hosts": (inner) =>
    `POST /api/v1/events/send HTTP/1.1\r\nHost: x\r\nHost: y\r\nContent-Length: 0\r\n\r\n${inner}`,
};

const ROUNDS = 5;
const SMUGGLED = "smuggled by ";

/** Hidden requests with a key that may do everything. One that is answered or on record got through. */
export const SMUGGLING: Fault = {
  name: "smuggling",
  done: `${Object.keys(ATTEMPTS).length} ways to hide a request in another one, ${ROUNDS} times each`,
  isShort: true,
  stage: (house) =>
    stageScene(house, { kinds: ["start:api"] }, async (scene) => {
      const { secret } = clusterOf(house);
      const inner = (agent: string) =>
        `GET /api/v1/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${secret}\r\nUser-Agent: ${agent}\r\n\r\n`;
      const answered: string[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const names = Object.entries(ATTEMPTS).map(async ([name, write]) => {
          const answer = await exchange(theOne(scene), write(inner(`${SMUGGLED}${name}`)));
          if (/"object":"api_key"|HTTP\/1\.1 200/.test(answer)) answered.push(name);
        });
        await Promise.all(names);
      }
      scene.promises.hold(answered.length === 0, `none is answered (${[...new Set(answered)]})`);
      // Requests in good order one behind the other are answered, so an answer would have been seen.
      const inOrder = await exchange(theOne(scene), inner("in order").repeat(2));
      scene.promises.hold(
        inOrder.match(/HTTP\/1\.1 200/g)?.length === 2,
        "two requests in good order are both answered",
      );
      await scene.load.untilGood(100);
      const onRecord = await agentsOnRecord(scene.url());
      const smuggled = onRecord.filter((agent) => agent.startsWith(SMUGGLED));
      scene.promises.hold(smuggled.length === 0, `none is on record (${smuggled})`);
      scene.promises.hold(onRecord.includes("in order"), "those in good order are on record");
      expectOthersQuick(scene);
    }),
};

async function agentsOnRecord(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query("SELECT DISTINCT user_agent FROM activity");
  await client.end();
  return rows.map(({ user_agent }) => user_agent);
}
