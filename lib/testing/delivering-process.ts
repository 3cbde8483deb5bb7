import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

/** Delivers an email in a separate process, which `kill` ends at once (`kill -9`). */
export function startDelivery(emailId: string, smtpUrl: string) {
  const file = path.resolve("lib/testing/deliver-until-killed.ts");
  const child = spawn(process.execPath, ["--import", "tsx", file, emailId, smtpUrl], {
    env: { ...process.env, LOG_LEVEL: "warn" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  return { kill: () => void child.kill("SIGKILL"), ended: once(child, "exit") };
}
