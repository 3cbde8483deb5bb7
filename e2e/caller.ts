import { spawn } from "node:child_process";
import { once } from "node:events";

/** An answer of the API, as a separate program got it. */
export type Answer = { status: number; headers: Record<string, string>; body: unknown };

/** The program prints the answer for the story that started it. */
const PROGRAM = `
const [url, secret, method, body] = process.argv.slice(1);
const headers = { authorization: "Bearer " + secret, "user-agent": "crm-script/1.0" };
if (body) headers["content-type"] = "application/json";
const response = await fetch(url, { method, headers, body: body || undefined });
console.log(JSON.stringify({
  status: response.status,
  headers: Object.fromEntries(response.headers),
  body: await response.json(),
}));
`;

/** Calls the API as an integration does: from a process of its own that has only the secret. */
export async function callApi(
  origin: string,
  secret: string,
  path: string,
  { method = "GET", body = "" }: { method?: string; body?: string } = {},
): Promise<Answer> {
  const child = spawn(process.execPath, [
    "--input-type=module",
    "-e",
    PROGRAM,
    `${origin}/api/v1${path}`,
    secret,
    method,
    body,
  ]);
  let out = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    out += chunk;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`The caller failed: ${out}`);
  return JSON.parse(out);
}

/** The status that a separate program gets for “who am I?”: 200 where the secret is let in. */
export async function statusOf(origin: string, secret: string): Promise<number> {
  return (await callApi(origin, secret, "/me")).status;
}
