import { LRUCache } from "lru-cache";
import { isEmbeddedDatabase } from "@/lib/platform/database/pool";
import { processWide } from "@/lib/platform/process-wide";

/** Times a statement is seen before it gets a name: one whose text was put together for a single call gets none. */
const FREQUENT = 3;
/** The most names. Each takes some tens of kilobytes in every connection of Postgres. */
const NAMES_MAX = 200;
/** The texts that are counted at a time. */
const TEXTS_MAX = 1_000;

type Known = { counts: LRUCache<string, number>; names: Map<string, string> };

/**
 * The name under which Postgres keeps the statement parsed and planned on each connection; undefined for a text that
 * has not been seen often, and on the embedded database, whose connections share one session.
 */
export function statementName(text: string): string | undefined {
  if (isEmbeddedDatabase()) return undefined;
  const { counts, names } = known();
  const name = names.get(text);
  if (name || names.size >= NAMES_MAX) return name;
  const count = (counts.get(text) ?? 0) + 1;
  counts.set(text, count);
  if (count >= FREQUENT) names.set(text, `frequent_${names.size}`);
  return names.get(text);
}

function known(): Known {
  return processWide("statement-names", () => ({
    counts: new LRUCache<string, number>({ max: TEXTS_MAX }),
    names: new Map<string, string>(),
  }));
}
