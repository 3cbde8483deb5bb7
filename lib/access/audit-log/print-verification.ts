import { type ChainEnd, faultInWords, nameOf } from "@/lib/access/audit-log/chain/faults";
import { hasEntry } from "@/lib/access/audit-log/chain/read-chain";
import { type ChainVerdict, verifyChain } from "@/lib/access/audit-log/chain/verify-chain";
import { besideTheServer } from "@/lib/platform/database/beside-the-server";
import { reader } from "@/lib/platform/database/unit-of-work";
import { countOf } from "@/lib/platform/format/number";

const BATCH_WORKSPACES = 100;
/** An entry that somebody noted: its number and its hash. */
const NOTED = /^(\d{1,9}):([0-9a-f]{64})$/;

/**
 * The command `npm run audit:verify`: checks the audit log of every workspace and says, line by line, where it ends or
 * where it is broken first. With `<number>:<hash>`, as somebody noted them, also whether that entry is still there.
 * Answers whether all is as it was written.
 */
export async function printVerification(
  noted: string | undefined,
  say: (line: string) => void,
): Promise<boolean> {
  const entry = noted === undefined ? null : readNoted(noted);
  if (entry === undefined) {
    say("Name an entry by its number and hash: npm run audit:verify -- 1204:9f3c…");
    return false;
  }
  return await besideTheServer(async () => await verifyAll(entry, say), say);
}

function readNoted(text: string): ChainEnd | undefined {
  const [, number, hash] = NOTED.exec(text) ?? [];
  return number && hash ? { number: Number(number), hash } : undefined;
}

async function verifyAll(noted: ChainEnd | null, say: (line: string) => void): Promise<boolean> {
  let [checked, broken, isThere] = [0, 0, false];
  for await (const { id, name } of workspaces()) {
    const verdict = await verifyChain(id);
    say(`${name} (${id}): ${verdictInWords(verdict)}`);
    checked += 1;
    if (!verdict.isWhole) broken += 1;
    isThere ||= noted !== null && (await hasEntry(id, noted));
  }
  if (noted) say(`Entry ${nameOf(noted.number)} as noted: ${isThere ? "there" : "in no log"}.`);
  say(`${countOf(checked, "audit log")} checked, ${broken} broken.`);
  return broken === 0 && (noted === null || isThere);
}

function verdictInWords(verdict: ChainVerdict): string {
  if (!verdict.isWhole) {
    const { eventId } = verdict.fault;
    return `BROKEN. ${faultInWords(verdict.fault)}${eventId ? ` Its id is ${eventId}.` : ""}`;
  }
  const { number, hash } = verdict.end;
  return `${countOf(number, "entry", "entries")} as written. Last: ${number}:${hash}`;
}

async function* workspaces(): AsyncGenerator<{ id: string; name: string }> {
  let after = "";
  for (;;) {
    const rows = await reader().workspace.findMany({
      where: { id: { gt: after } },
      select: { id: true, name: true },
      orderBy: { id: "asc" },
      take: BATCH_WORKSPACES,
    });
    yield* rows;
    if (rows.length < BATCH_WORKSPACES) return;
    after = rows.at(-1)?.id ?? after;
  }
}
