// `npm run restore -- <file>`: restores a backup of the embedded database into an empty DATA_DIR.
import { runOperatorCommand } from "./operator-command.mjs";

await runOperatorCommand("restore", "printRestore");
