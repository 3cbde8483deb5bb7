// Finds a Chromium for the stories: an installed one, else Playwright's download, else Debian's package.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { run, say } from "./prepare.mjs";

/** The headless shell is what Playwright brings too: the same browser without windows, which takes less of the cores. */
const NAMES = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
];
const USUAL_PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** The path of a Chromium. Installs one when there is none; throws, saying what to do, when that fails. */
export async function findBrowser() {
  return installed() ?? (await downloaded()) ?? (await fromDebian()) ?? giveUp();
}

function installed() {
  const set = process.env.CHROMIUM_PATH;
  if (set && existsSync(set)) return set;
  return NAMES.map(onPath).find(Boolean) ?? USUAL_PLACES.find((place) => existsSync(place));
}

function onPath(name) {
  try {
    const finder = process.platform === "win32" ? "where" : "which";
    return execFileSync(finder, [name], { encoding: "utf8", stdio: "pipe" }).split("\n")[0].trim();
  } catch {
    return undefined;
  }
}

async function downloaded() {
  const { chromium } = await import("@playwright/test");
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  say("No Chromium found: asking Playwright for one");
  try {
    await run(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"]);
  } catch {
    return undefined;
  }
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined;
}

async function fromDebian() {
  if (process.getuid?.() !== 0 || !onPath("apt-get")) return undefined;
  await run("apt-get", ["update", "-qq"]);
  return (await debianPackage("chromium-headless-shell")) ?? (await debianPackage("chromium"));
}

async function debianPackage(name) {
  say(`Installing Debian's ${name}`);
  try {
    await run("apt-get", ["install", "-y", "-qq", name]);
  } catch {
    return undefined;
  }
  return onPath(name);
}

function giveUp() {
  throw new Error("The stories need Chromium or Chrome: install one, or set CHROMIUM_PATH.");
}
