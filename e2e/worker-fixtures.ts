import { startMailServer, type TestMailServer } from "../lib/testing/mail-server";
import { type Postern, type PosternSettings, startPostern } from "./postern";
import { expect } from "./story";

type Use<Value> = (value: Value) => Promise<void>;
type WorkerFixture<Value> = [
  (fixtures: object, use: Use<Value>) => Promise<void>,
  { scope: "worker"; timeout: number },
];

/** A real SMTP server for the stories of a worker. */
export const mailServer: WorkerFixture<TestMailServer> = [
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of other fixtures from this pattern, and it needs none.
  async ({}, use) => {
    const mail = await startMailServer();
    await use(mail);
    await mail.close();
  },
  { scope: "worker", timeout: 60_000 },
];

/** A Postern with settings of its own for the stories of a worker. */
export function posternWith(settings: PosternSettings): WorkerFixture<Postern> {
  return [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of other fixtures from this pattern, and it needs none.
    async ({}, use) => {
      const postern = await startPostern(settings);
      await use(postern);
      expect(await postern.stop()).toBe(0);
    },
    { scope: "worker", timeout: 60_000 },
  ];
}
