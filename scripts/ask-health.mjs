// `node scripts/ask-health.mjs /readyz`: asks the Postern on this machine for its health; ends with 1 where it is not well.
// For images, which have no curl.
const { PORT = "3000", HOST = "127.0.0.1" } = process.env;
const host = HOST.includes(":") ? `[${HOST}]` : HOST;
const path = process.argv[2] ?? "/healthz";

try {
  const answer = await fetch(`http://${host}:${PORT}${path}`, {
    signal: AbortSignal.timeout(4_000),
  });
  // The answer is what the program is asked for: an operator reads it, and engines keep it with the state.
  console.log(answer.status, (await answer.text()).trim());
  process.exitCode = answer.ok ? 0 : 1;
} catch (error) {
  console.log(error.cause?.message ?? error.message);
  process.exitCode = 1;
}
