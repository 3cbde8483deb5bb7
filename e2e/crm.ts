import { spawn } from "node:child_process";
import { once } from "node:events";

/** The CRM's report of its run. */
export type SyncReport = { created: number; again: string[]; listed: number; problems: unknown[] };

/**
 * A CRM's program: the official client, unmodified, with Postern as its server. It sends its people in batches
 * and a few more one by one, repeats the first batch as programs do after a lost answer, and reads everybody
 * back page by page. It prints its report for the story that started it.
 */
const CRM = `
import { Resend } from "resend";
const [origin, secret] = process.argv.slice(1);
const resend = new Resend(secret, { baseUrl: origin + "/api/v1" });
const people = Array.from({ length: 1000 }, (_, at) => ({
  email: "person" + String(at).padStart(4, "0") + "@crm.example",
  first_name: "Person",
  last_name: "Number " + at,
  properties: { tier: at % 2 ? "gold" : "basic" },
}));
const problems = [];
async function batch(chunk, key) {
  const { data, error } = await resend.post("/contacts/batch", chunk, {
    headers: { "Idempotency-Key": key },
  });
  if (error) problems.push(error);
  return data?.data ?? [];
}
let created = 0;
for (let at = 0; at < 980; at += 490) {
  const saved = await batch(people.slice(at, at + 490), "batch-" + at);
  created += saved.filter(({ status }) => status === "created").length;
}
for (const { email, first_name, last_name, properties } of people.slice(980)) {
  const { error } = await resend.contacts.create({
    email, firstName: first_name, lastName: last_name, properties,
  });
  if (error) problems.push(error);
  else created += 1;
}
const again = (await batch(people.slice(0, 490), "batch-later")).map(({ status }) => status);
const listed = new Set();
for (let after; ; ) {
  const { data, error } = await resend.contacts.list({ limit: 100, ...(after ? { after } : {}) });
  if (error) problems.push(error);
  for (const { email } of data?.data ?? []) listed.add(email);
  if (!data?.has_more) break;
  after = data.data.at(-1).id;
}
console.log(JSON.stringify({
  created, again: [...new Set(again)], listed: listed.size, problems,
}));
`;

/** Syncs a thousand people as the CRM: a process of its own that has only the secret. */
export async function syncFromCrm(origin: string, secret: string): Promise<SyncReport> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", CRM, origin, secret]);
  let out = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    out += chunk;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`The CRM failed: ${out}`);
  return JSON.parse(out);
}
