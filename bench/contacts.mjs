// `node bench/contacts.mjs`: loads 100,000 contacts through the API, a thousand a call, then times the first
// page of every filter. Needs DATABASE_URL: an empty database on a server. Run `npm run bench` once before.
import { startServer, timeCalls } from "./running-server.mjs";

const CONTACTS = 100_000;
const BATCH = 1_000;
const CALLERS = 2;
const PAGES = 20;

const { call, stop } = await startServer();
const audiences = {
  tenth: await createAudience("A tenth"),
  ten: await createAudience("Ten"),
  third: await createAudience("A third", "plan", "pro"),
  nobody: await createAudience("Nobody", "plan", "gold"),
};
await load();
await timePages();
await stop();

/** Makes a list, or an audience by rule: the contacts with this value of a property. */
async function createAudience(name, property, value) {
  const condition = { kind: "property", property, operator: "equals", value };
  const rule = property ? { rule: { match: "all", conditions: [condition] } } : {};
  return (await call("POST", "/audiences", { name, ...rule })).id;
}

async function load() {
  const began = performance.now();
  let next = 0;
  const caller = async () => {
    while (next < CONTACTS) {
      const from = next;
      next += BATCH;
      const { data } = await call("POST", "/contacts/batch", batchFrom(from));
      if (data.length !== BATCH) throw new Error(`${data.length} of ${BATCH} were answered.`);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  console.log(`${CONTACTS} contacts in ${((performance.now() - began) / 1_000).toFixed(1)} s`);
}

function batchFrom(from) {
  return Array.from({ length: BATCH }, (_, at) => ({
    email: `person${from + at}@example.com`,
    first_name: `First ${(from + at) % 977}`,
    last_name: `Last ${(from + at) % 1_999}`,
    unsubscribed: (from + at) % 20 === 0,
    ...((from + at) % 10 === 0 ? { audiences: [audiences.tenth] } : {}),
    ...((from + at) % 10_000 === 0 ? { segments: [{ id: audiences.ten }] } : {}),
    properties: { plan: (from + at) % 3 ? "free" : "pro", seats: (from + at) % 50, city: "Oslo" },
  }));
}

async function timePages() {
  const filters = {
    "no filter": "",
    "an e-mail": "email=person50000%40example.com",
    unsubscribed: "unsubscribed=true",
    "changed since": "updated_since=2020-01-01T00:00:00Z",
    "audience of 10,000": `audience=${audiences.tenth}`,
    "audience of 10": `audience=${audiences.ten}`,
    "audience of 10,000, unsubscribed": `audience=${audiences.tenth}&unsubscribed=true`,
    "a third, by rule": `audience=${audiences.third}`,
    "nobody, by rule": `audience=${audiences.nobody}`,
    "audience of 10, changed since": `audience=${audiences.ten}&updated_since=2020-01-01T00:00:00Z`,
  };
  for (const [name, query] of Object.entries(filters)) {
    await timeCalls(call, name, `/contacts?limit=50&${query}`, PAGES);
  }
}
