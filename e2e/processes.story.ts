import { readFileSync } from "node:fs";
import { callApi } from "./caller";
import { databaseOrSkip } from "./own-database";
import { startPostern } from "./postern";
import { expect, generateKey, signUp, test } from "./story";

/** The most memory that an API or a worker may hold when it has nothing to do. */
const AT_REST_MB = 150;

test("a worker needs a database that others can reach", async () => {
  const program = ["scripts/start.mjs", "--worker"];
  await expect(startPostern({ program })).rejects.toThrow(/Set DATABASE_URL: start:worker/);
});

test("pages, API and jobs run in three processes: what the API takes, the worker does and the console shows", async ({
  browser,
}) => {
  const database = await databaseOrSkip();
  // Three starts, and the looks of processes that have nothing to do.
  test.slow();
  const env = {
    DATABASE_URL: database.url,
    AUTH_SECRET: "a secret that all have ".repeat(2),
  };
  const start = (part: string) => startPostern({ env, program: ["scripts/start.mjs", part] });
  // Both find a database without tables, and one of them makes these.
  const [web, api] = await Promise.all([start("--web"), start("--api")]);
  expect(api.output()).toContain("Limits per minute count in each process by itself");
  const page = await browser.newPage({ baseURL: web.origin });
  await signUp(page);
  const secret = await generateKey(page, { name: "Shop", useCase: "Transactional email" });
  const email = { from: "shop@example.com", to: "ada@example.com", subject: "Your order" };
  const sent = await callApi(api.origin, secret, "/emails", {
    method: "POST",
    body: JSON.stringify({ ...email, text: "Thank you." }),
  });
  expect(sent.status).toBe(200);
  const { id } = sent.body as { id: string };
  const status = async () =>
    ((await callApi(api.origin, secret, `/emails/${id}`)).body as { last_event: string })
      .last_event;
  expect(await status()).toBe("queued");

  const worker = await start("--worker");
  await expect.poll(status, { timeout: 20_000 }).not.toBe("queued");
  await page.goto("/outbox");
  await expect(page.getByRole("row", { name: /Your order/ })).toBeVisible();
  expect((await fetch(`${worker.origin}/api/v1/me`)).status).toBe(404);
  expect((await fetch(`${api.origin}/login`)).status).toBe(404);

  // The bar is that of Linux, where Postern is run; other systems count the memory of a process in other ways.
  test.skip(process.platform !== "linux", "Only Linux tells the memory of a process.");
  for (const { process: child } of [api, worker]) {
    await expect.poll(() => rssMb(child.pid), { timeout: 60_000 }).toBeLessThanOrEqual(AT_REST_MB);
  }
  for (const postern of [worker, api, web]) expect(await postern.stop()).toBe(0);
  await database.drop();
});

function rssMb(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1]) / 1_024;
}
