// `npm run reset-password -- owner@example.com`: prints a link to a new password, for the operator to hand on.
import { runOperatorCommand } from "./operator-command.mjs";

await runOperatorCommand("resetLink", "printResetLink");
