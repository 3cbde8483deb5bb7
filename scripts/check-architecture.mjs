// `node scripts/check-architecture.mjs`: holds every import against the drawing in docs/architecture.md: the
// rules of .dependency-cruiser.cjs, and no circle between folders. Draws what it saw.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { enterProjectFolder, run, say } from "./prepare.mjs";

const ROOTS = ["app", "components", "lib", "server.ts", "prisma/seed.ts"];
const FLOORS = ["api", "access", "mail", "people", "platform"];

enterProjectFolder();
const { modules, violations } = await readImports();
const rooms = roomsOf(modules);
const expected = ROOTS.flatMap(sourcesBelow).length;
const faults = [
  ...undrawnRooms(),
  ...violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
  ...circlesAmong(rooms).map((circle) => `no-circle-of-rooms: ${circle}`),
  // A reader that saw nothing finds nothing wrong.
  ...(modules.length < expected ? [`looked at ${modules.length} modules of ${expected}`] : []),
];
drawFloors();
for (const fault of faults) say(`✗ ${fault}`);
say(`${modules.length} modules of ${expected}, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);

/** Every source file of ours with what it imports, and the imports that break a rule. */
async function readImports() {
  const cli = "node_modules/dependency-cruiser/bin/dependency-cruise.mjs";
  const output = await run(process.execPath, [cli, ...ROOTS, "--config", "--output-type", "json"]);
  const { modules: seen, summary } = JSON.parse(output);
  const sources = new Set(ROOTS.flatMap(sourcesBelow));
  return {
    modules: seen.filter(({ source }) => sources.has(source)),
    violations: summary.violations,
  };
}

/** The rooms of the house with the rooms that each imports from. Tests and their helpers stand outside. */
function roomsOf(all) {
  const imports = new Map();
  for (const { source, dependencies } of all.filter((one) => !isTest(one.source))) {
    const from = roomOf(source);
    if (!from) continue;
    const reached = dependencies.map(({ resolved }) => roomOf(resolved));
    const others = reached.filter((to) => to && to !== from);
    imports.set(from, new Set([...(imports.get(from) ?? []), ...others]));
  }
  return imports;
}

/** The folder of a file; a file that stands by itself on a floor of `lib` is a room of its own. */
function roomOf(file) {
  if (/^(app|components)\//.test(file)) return path.dirname(file);
  const floor = FLOORS.find((one) => file.startsWith(`lib/${one}/`));
  if (!floor) return undefined;
  const folder = path.dirname(file);
  return folder === `lib/${floor}` ? file : folder;
}

function isTest(file) {
  return /\.test\.tsx?$/.test(file);
}

/** Where the table of floors in docs/architecture.md and the folders disagree. */
function undrawnRooms() {
  const page = readFileSync("docs/architecture.md", "utf8");
  return FLOORS.flatMap((floor) => {
    const row = page.split("\n").find((line) => line.startsWith(`| \`lib/${floor}\``)) ?? "";
    const drawn = [...row.matchAll(/`([^`]+)`/g)].slice(1).map(([, room]) => room);
    const there = [...new Set(productFilesOn(floor))];
    return [
      ...there.filter((room) => !drawn.includes(room)).map((room) => ["not drawn", room]),
      ...drawn.filter((room) => !there.includes(room)).map((room) => ["drawn but not there", room]),
    ].map(([fault, room]) => `docs/architecture.md: lib/${floor}/${room} is ${fault}`);
  });
}

/** The sets of rooms that each lead to all the others of their set. */
function circlesAmong(imports) {
  const reached = new Map([...imports.keys()].map((room) => [room, roomsBehind(room, imports)]));
  const inCircle = [...imports.keys()].filter((room) => reached.get(room).has(room));
  const circleOf = (room) => inCircle.filter((other) => isMutual(reached, room, other)).sort();
  return [...new Set(inCircle.map((room) => circleOf(room).join(" ⇄ ")))];
}

function isMutual(reached, one, other) {
  return reached.get(one).has(other) && reached.get(other).has(one);
}

function roomsBehind(room, imports) {
  const behind = new Set();
  const waiting = [room];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const unseen = [...(imports.get(next) ?? [])].filter((one) => !behind.has(one));
    for (const one of unseen) behind.add(one);
    waiting.push(...unseen);
  }
  return behind;
}

/** One line a floor: its rooms, and how many files of the product each holds. */
function drawFloors() {
  for (const floor of FLOORS) {
    const counts = new Map();
    for (const room of productFilesOn(floor)) counts.set(room, (counts.get(room) ?? 0) + 1);
    const drawn = [...counts].map(([room, count]) => (count > 1 ? `${room} ${count}` : room));
    say(`lib/${floor.padEnd(9)} ${drawn.sort().join(" · ")}`);
  }
}

/** For each file of the product on a floor, what it stands in there: `contacts/`, or itself. */
function productFilesOn(floor) {
  return modules
    .map(({ source }) => source)
    .filter((source) => source.startsWith(`lib/${floor}/`) && !isTest(source))
    .map((source) => source.split("/")[2])
    .map((name) => name.replace(/\.tsx?$/, "") + (name.includes(".") ? "" : "/"));
}

function sourcesBelow(place) {
  if (!existsSync(place)) return [];
  if (!statSync(place).isDirectory()) return /(?<!\.d)\.tsx?$/.test(place) ? [place] : [];
  return readdirSync(place).flatMap((name) => sourcesBelow(`${place}/${name}`));
}
