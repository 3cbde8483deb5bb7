// `npm run reset-second-factor -- owner@example.com`: takes a lost second factor off an account.
import { runOperatorCommand } from "./operator-command.mjs";

await runOperatorCommand("secondFactorReset", "printSecondFactorReset");
