import { tmpdir } from "node:os";
import path from "node:path";

// Runs before everything else that a test loads: a process reads its settings once. Each worker has a data
// directory of its own, which the spool makes and `endOfFile` removes.
process.env.DATA_DIR = path.join(tmpdir(), `postern-test-${process.pid}`);
process.env.AUTH_SECRET = "a secret of the tests, which is long enough";
