import { spawn } from "node:child_process";
import { once } from "node:events";

/** The shop's result from its client. */
export type ShopAnswer = { data: { id: string } | null; error: unknown };

/** A shop's program: the official client, unmodified, with Postern as its server. */
const SHOP = `
import { Resend } from "resend";
const [origin, secret, email] = process.argv.slice(1);
const resend = new Resend(secret, { baseUrl: origin + "/api/v1" });
const { data, error } = await resend.emails.send(JSON.parse(email));
console.log(JSON.stringify({ data, error }));
`;

/** Sends an email as the shop: a process of its own that has only the secret. */
export async function sendFromShop(
  origin: string,
  secret: string,
  email: object,
): Promise<ShopAnswer> {
  const child = spawn(process.execPath, [
    "--input-type=module",
    "-e",
    SHOP,
    origin,
    secret,
    JSON.stringify(email),
  ]);
  let out = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    out += chunk;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`The shop failed: ${out}`);
  return JSON.parse(out);
}
