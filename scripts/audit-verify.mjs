// `npm run audit:verify`: checks that every audit log is as it was written; ends with 1 where one is not.
import { runOperatorCommand } from "./operator-command.mjs";

await runOperatorCommand("auditVerify", "printVerification");
