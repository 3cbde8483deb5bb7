// `npm run backup -- <file or folder>`: backs the embedded database up, also while Postern runs.
import { runOperatorCommand } from "./operator-command.mjs";

await runOperatorCommand("backup", "printBackup");
