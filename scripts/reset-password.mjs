// `npm run reset-password -- owner@example.com`: prints a link to a new password, for the operator to hand on.
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
const { printResetLink } = await loadBundled("resetLink");
process.exit((await printResetLink(process.argv[2], say)) ? 0 : 1);
