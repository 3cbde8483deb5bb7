import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { exportedRequestIds } from "./exported-requests";
import { openSocket } from "./open-socket";
import { newDataDir, type Postern, startPostern } from "./postern";
import { expect, generateKey, signIn, signUp, test } from "./story";

const CONCURRENT_CALLERS = 8;

test("kill -9 under load loses no answered call, and a restart stores each once", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const dataDir = await newDataDir();
  const killed = await startPostern({ dataDir });
  const before = await browser.newPage({ baseURL: killed.origin });
  const person = await signUp(before);
  const secret = await generateKey(before, { name: "Killed in the act" });
  const answered = await callUntilKilled(killed, secret);
  expect(answered.length).toBeGreaterThan(50);

  const restarted = await startPostern({ dataDir });
  const after = await browser.newPage({ baseURL: restarted.origin });
  await signIn(after, person);
  const exported = await exportedRequestIds(after);
  expect(answered.filter((id) => !exported.includes(id))).toEqual([]);
  expect(new Set(exported).size).toBe(exported.length);
  expect(await restarted.stop()).toBe(0);
  await rm(dataDir, { recursive: true, force: true });
});

test("one process per data directory: the second says so and leaves it alone", async ({
  postern,
}) => {
  await expect(startPostern({ dataDir: postern.dataDir })).rejects.toThrow(
    /Another Postern is running on the data directory/,
  );
});

test("`npm start` that is ended takes the process along", async () => {
  const dataDir = await newDataDir();
  const own = await startPostern({ dataDir, command: "npm", program: ["start", "--silent"] });
  expect((await fetch(`${own.origin}/api/v1/me`)).status).toBe(401);
  await own.stop();
  await expect
    .poll(async () => await fetch(`${own.origin}/api/v1/me`).catch(() => "gone"), {
      timeout: 20_000,
    })
    .toBe("gone");
  await expect.poll(() => own.output(), { timeout: 20_000 }).toMatch(/^Stopped$/m);
  await rm(dataDir, { recursive: true, force: true });
});

test("started in the background by a script of npm, it outlives the script", async () => {
  const env = { npm_lifecycle_script: "sh deploy.sh" };
  const script = "node scripts/start.mjs & echo process $!; wait";
  const own = await startPostern({ command: "sh", program: ["-c", script], env });
  const pid = Number(/^process (\d+)$/m.exec(own.output())?.[1]);
  try {
    expect(parentOf(pid)).toBe(own.process.pid);
    await own.kill();
    expect(parentOf(pid)).not.toBe(own.process.pid);
    // Five times as long as a process that follows its parent takes to notice.
    const until = Date.now() + 1_000;
    while (Date.now() < until) {
      expect((await fetch(`${own.origin}/api/v1/me`)).status).toBe(401);
    }
    expect(own.output()).not.toContain("Stopping");
  } finally {
    process.kill(pid, "SIGTERM");
  }
  await expect.poll(() => own.output(), { timeout: 20_000 }).toMatch(/^Stopped$/m);
  await rm(own.dataDir, { recursive: true, force: true });
});

test("every wrong setting is named at once", async () => {
  const env = { PORT: "eighty", DATABASE_URL: "mysql://x", TRUSTED_PROXIES: "home" };
  await expect(startPostern({ env })).rejects.toThrow(/PORT.*DATABASE_URL.*TRUSTED_PROXIES/s);
});

test("a database that is not there ends the start with one line of the log that names it", async () => {
  const own = { DATABASE_URL: "postgresql://postern:hunter2@127.0.0.1:9/postern" };
  const failed = await startPostern({
    env: { ...own, AUTH_SECRET: "a secret of this server ".repeat(2) },
  }).catch(String);
  const lines = String(failed)
    .split("\n")
    .filter((line) => line.startsWith("{"));
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      level: 60,
      time: expect.stringMatching(/Z$/),
      msg: expect.stringMatching(
        /^No connection to PostgreSQL at 127\.0\.0\.1:9, which DATABASE_URL names: .+\.$/,
      ),
    },
  ]);
  expect(failed).not.toMatch(/hunter2|node_modules|^ +at /m);
});

test("SIGTERM ends the process within 15 s, even with an upload that never finishes", async () => {
  const own = await startPostern();
  const stuck = await openSocket(own);
  stuck.write(
    "POST /api/v1/contacts HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{",
  );
  const pageUpload = await openSocket(own);
  pageUpload.write("POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n{");
  expect((await fetch(`${own.origin}/login`)).status).toBe(200);
  const startedAt = Date.now();
  expect(await own.stop()).toBe(0);
  expect(Date.now() - startedAt).toBeLessThan(15_000);
  stuck.destroy();
  pageUpload.destroy();
});

test("what never ends does not keep the process: it says so and goes within 15 s", async () => {
  const neverClosed = "import net from 'node:net'; net.Server.prototype.close = () => {};";
  const own = await startPostern({
    program: ["--import", `data:text/javascript,${neverClosed}`, "scripts/start.mjs"],
  });
  const startedAt = Date.now();
  expect(await own.stop()).toBe(1);
  expect(Date.now() - startedAt).toBeLessThan(15_000);
  expect(own.output()).toContain("the rest waits for the next start");
});

test("asking for another protocol leads past nothing: the edge answers, and SIGTERM does not wait", async () => {
  const own = await startPostern();
  expect((await fetch(`${own.origin}/login`)).status).toBe(200);
  const ask = async (path: string) => {
    const socket = await openSocket(own);
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n`);
    const [answer] = await once(socket, "data");
    return { socket, answer: String(answer) };
  };
  const { answer } = await ask("/api/v1/me");
  expect(answer).toMatch(/^HTTP\/1\.1 401 .*x-request-id: req_/is);
  expect((await ask("/nowhere")).answer).toMatch(/^HTTP\/1\.1 404 .*content-security-policy/is);
  const startedAt = Date.now();
  expect(await own.stop()).toBe(0);
  expect(Date.now() - startedAt).toBeLessThan(10_000);
});

test("requests under way when SIGTERM comes are answered and recorded, later ones are not taken", async ({
  browser,
}) => {
  const dataDir = await newDataDir();
  const stopped = await startPostern({ dataDir });
  const before = await browser.newPage({ baseURL: stopped.origin });
  const person = await signUp(before);
  const secret = await generateKey(before, { name: "Caught in the act" });
  const body = JSON.stringify({ email: "ada@example.com" });
  const socket = await openSocket(stopped);
  socket.write(
    `POST /api/v1/contacts HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${secret}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 5)}`,
  );
  expect((await fetch(`${stopped.origin}/login`)).status).toBe(200);
  const exit = stopped.stop();
  await expect.poll(() => stopped.output()).toContain("Stopping");
  await expect(openSocket(stopped)).rejects.toThrow("ECONNREFUSED");
  socket.write(body.slice(5));
  const [answer] = await once(socket, "data");
  expect(String(answer)).toMatch(/^HTTP\/1\.1 201 /);
  expect(await exit).toBe(0);

  const restarted = await startPostern({ dataDir });
  const after = await browser.newPage({ baseURL: restarted.origin });
  await signIn(after, person);
  const requestId = /x-request-id: (\S+)/i.exec(String(answer))?.[1] ?? "none";
  expect(await exportedRequestIds(after)).toContain(requestId);
  expect(await restarted.stop()).toBe(0);
  await rm(dataDir, { recursive: true, force: true });
});

function parentOf(pid: number): number {
  return Number(execFileSync("ps", ["-o", "ppid=", "-p", `${pid}`]));
}

/** Calls from several connections until the process is killed. Returns the request ids of the answers. */
async function callUntilKilled(killed: Postern, secret: string): Promise<string[]> {
  const answered: string[] = [];
  let dead = false;
  const callers = Array.from({ length: CONCURRENT_CALLERS }, async () => {
    while (!dead) {
      const response = await fetch(`${killed.origin}/api/v1/me`, {
        headers: { authorization: `Bearer ${secret}` },
      }).catch(() => null);
      const id = response?.headers.get("x-request-id");
      if (response && id && (await response.text().catch(() => ""))) answered.push(id);
    }
  });
  await expect.poll(() => answered.length).toBeGreaterThan(200);
  await killed.kill();
  dead = true;
  await Promise.all(callers);
  return answered;
}
