// `npm run build`: makes all that a start needs, so that a start writes nothing but its data and asks no registry.
// `npm run build -- --packages` only installs the packages: an image keeps them while nothing but sources changes.
import {
  buildPages,
  bundleServer,
  enterProjectFolder,
  generateClient,
  installPackages,
} from "./prepare.mjs";

enterProjectFolder();
await installPackages();
if (!process.argv.includes("--packages")) {
  await generateClient();
  await bundleServer();
  await buildPages();
}
