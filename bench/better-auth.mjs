// Better Auth's `verifyApiKey` on bare `node:http`, for the bench: verifies each call's key, counts it against a rate
// limit out of reach and sends an answer of the size that the command line names. It makes its tables in the database
// that DATABASE_URL names, and prints `READY <origin> <key>`.
//
// By default its keys are in Postgres, as they are without settings. With --fastest it is set up as quickly as its
// documentation allows while it hashes keys and counts calls: they are in a secondary storage, here a `Map`, and counts
// are written after the answer (better-auth.com/docs/plugins/api-key/reference, `storage` and `deferUpdates`).
import { createServer } from "node:http";
import { apiKey } from "@better-auth/api-key";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { Pool } from "pg";
import { tellVitals } from "./vitals.mjs";

/** The largest number that its column holds. */
const BEYOND_REACH = 2 ** 31 - 1;
const rateLimit = { maxRequests: BEYOND_REACH };

const options = {
  baseURL: "http://127.0.0.1",
  secret: process.env.AUTH_SECRET,
  database: new Pool({ connectionString: process.env.DATABASE_URL }),
  emailAndPassword: { enabled: true },
  ...(process.argv.includes("--fastest") ? fastest() : { plugins: [apiKey({ rateLimit })] }),
};
// Before it is made, since it reports missing tables as an error.
const { runMigrations } = await getMigrations(options);
await runMigrations();
const auth = betterAuth(options);
const { user } = await auth.api.signUpEmail({
  body: { name: "Bench", email: `bench-${process.pid}@example.com`, password: "bench ".repeat(8) },
});
const { key } = await auth.api.createApiKey({ body: { userId: user.id } });

const body = "x".repeat(Number(process.argv[2]));
const server = createServer(async (request, response) => {
  const sent = request.headers.authorization?.slice("Bearer ".length) ?? "";
  const { valid } = await auth.api.verifyApiKey({ body: { key: sent } });
  response.writeHead(valid ? 200 : 401, {
    "Content-Type": "application/json",
    "Content-Length": body.length,
  });
  response.end(body);
});
server.listen(0, "127.0.0.1", () => {
  // The bench that started this process waits for the line.
  console.log(`READY http://127.0.0.1:${server.address().port} ${key}`);
});
tellVitals();

function fastest() {
  const kept = new Map();
  return {
    plugins: [apiKey({ rateLimit, storage: "secondary-storage", deferUpdates: true })],
    secondaryStorage: {
      get: (name) => kept.get(name) ?? null,
      set: (name, value) => void kept.set(name, value),
      delete: (name) => void kept.delete(name),
    },
    advanced: { backgroundTasks: { handler: () => {} } },
  };
}
