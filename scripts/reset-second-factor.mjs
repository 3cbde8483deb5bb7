// `npm run reset-second-factor -- owner@example.com`: takes a lost second factor off an account.
import { existsSync } from "node:fs";
import {
  bundleServer,
  enterProjectFolder,
  generateClient,
  installPackages,
  loadBundled,
  say,
} from "./prepare.mjs";

enterProjectFolder();
if (existsSync(".env")) process.loadEnvFile(".env");
process.env.NODE_ENV = "production";

await installPackages();
await generateClient();
await bundleServer();
const { printSecondFactorReset } = await loadBundled("secondFactorReset");
process.exit((await printSecondFactorReset(process.argv[2], say)) ? 0 : 1);
