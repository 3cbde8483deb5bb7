import { writeSync } from "node:fs";
import { countUnrecognised, recordRequests } from "@/lib/access/activity/recording/record";
import { startActivity } from "@/lib/access/activity/recording/start";
import { now } from "@/lib/platform/clock";
import { aRequest } from "@/lib/testing/activity-records";

// A process that records calls as fast as it moves them, and prints the id of each recorded call, until a
// test kills it. Run it with tsx, with the test's DATABASE_URL and DATA_DIR.
const [keyId = ""] = process.argv.slice(2);
const workspaceId = "wsp_killed";
await startActivity();
const secretId = "sec_killed";
function record(): void {
  for (let call = 0; call < 40; call += 1) {
    const request = aRequest({ workspaceId, keyId, secretId });
    recordRequests([request]);
    writeSync(1, `${request.id}\n`);
  }
  countUnrecognised("missing_api_key", now());
  setTimeout(record, 2);
}
record();
