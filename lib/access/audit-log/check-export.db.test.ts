import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { canonicalJson } from "@/lib/access/audit-log/chain/canonical-json";
import { CHECK_IN_PYTHON } from "@/lib/access/audit-log/chain/check-in-python";
import { exportAudit } from "@/lib/access/audit-log/export";
import { auditExportInput } from "@/lib/access/audit-log/schema";
import type { MemberActor } from "@/lib/people/auth/actor";
import { TEST_NOON as now } from "@/lib/testing/api-keys";
import { entriesOf, happened, tamper } from "@/lib/testing/audit-chain";
import { mustWork, redacted } from "@/lib/testing/audit-givens";
import { givenOwner } from "@/lib/testing/fixtures";

const hasPython = spawnSync("python3", ["--version"]).status === 0;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "postern-export-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function givenLog(): Promise<MemberActor> {
  const owner = await givenOwner();
  await happened(owner, ["HubSpot", 'Zoë "\\" \u0001\u2028\u0085\u007f 😀', "=1+1"]);
  await redacted(owner);
  await happened(owner, ["Shop"]);
  return owner;
}

async function exportOf(actor: MemberActor, filter = {}): Promise<string> {
  const input = auditExportInput.parse({ format: "ndjson", ...filter });
  let text = "";
  for await (const piece of mustWork(await exportAudit(actor, input, now))) text += piece;
  return text;
}

/** The answer of the docs' program about an export. */
function checked(text: string): string {
  const file = path.join(folder, "audit.ndjson");
  writeFileSync(file, text);
  const { stdout, stderr } = spawnSync("python3", ["-c", CHECK_IN_PYTHON, file], {
    encoding: "utf8",
  });
  return (stdout + stderr).trim();
}

test("an export has all that its hashes are made of, by names in order", async () => {
  const owner = await givenLog();
  const lines = (await exportOf(owner)).trimEnd().split("\n");
  expect(lines).toHaveLength(8);
  let expected = "0".repeat(64);
  for (const line of lines.reverse()) {
    const { hash, salt, target, changes, action_in_words: _, ...sealed } = JSON.parse(line);
    expect(sealed.previous_hash).toBe(expected);
    expect(createHash("sha256").update(canonicalJson(sealed)).digest("hex")).toBe(hash);
    expected = hash;
  }
});

test("a CSV file has the numbers and hashes too", async () => {
  const owner = await givenLog();
  const input = auditExportInput.parse({ format: "csv" });
  let text = "";
  for await (const piece of mustWork(await exportAudit(owner, input, now))) text += piece;
  const [head = "", newest = ""] = text.split("\r\n");
  expect(head).toMatch(/,number,salt,details_hash,previous_hash,hash$/);
  const last = (await entriesOf(owner)).at(-1);
  expect(newest).toMatch(new RegExp(`,8,.*,${last?.previousHash},${last?.hash}$`));
});

test.skipIf(!hasPython)("the program of the docs agrees, also after a redaction", async () => {
  const owner = await givenLog();
  const text = await exportOf(owner);
  const last = (await entriesOf(owner)).at(-1);
  expect(checked(text)).toBe(`8 entries as written, 0 left out. Last: 8:${last?.hash}`);
  const lines = text.trimEnd().split("\n");
  expect(checked(lines.filter((_, at) => at !== 4).join("\n"))).toContain(
    "7 entries as written, 1 left out.",
  );
});

test.skipIf(!hasPython)("the program of the docs checks a part of the log", async () => {
  const owner = await givenLog();
  expect(checked(await exportOf(owner, { target: "Shop" }))).toContain(
    "1 entries as written, 6 left out. Last: 7:",
  );
});

test.skipIf(!hasPython)("the program of the docs names the entry that was changed", async () => {
  const owner = await givenLog();
  const [first, second] = await entriesOf(owner);
  await tamper("UPDATE audit_event SET target_name = 'Other' WHERE id = $1", [second?.id]);
  expect(checked(await exportOf(owner))).toBe(`Entry 2 (${second?.id}) is not as it was written.`);
  await tamper("UPDATE audit_event SET actor_name = 'Other' WHERE id = $1", [first?.id]);
  expect(checked(await exportOf(owner))).toContain("Entry 1 ");
});
