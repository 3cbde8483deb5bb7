import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

// Runs before everything else that a test loads, because the settings are read once, when the log is made.
process.env.DATA_DIR = mkdtempSync(path.join(tmpdir(), "postern-test-"));
process.env.AUTH_SECRET = "a secret of the tests, which is long enough";
