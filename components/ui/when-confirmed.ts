import type { Result } from "@/lib/platform/result";

/** Asks for the second factor, and answers whether it was given. */
type Asker = () => Promise<boolean>;

let asker: Asker | null = null;

/** Names the dialog that asks; the console's layout has one. Returns the function that takes it away. */
export function askBy(ask: Asker): () => void {
  asker = ask;
  return () => {
    asker = null;
  };
}

/**
 * Does `work`. Where the server first wants the second factor, it is asked for, and `work` is done again after
 * that; who does not give it gets the server's refusal.
 */
export async function whenConfirmed<T extends Result<unknown, string>>(
  work: () => Promise<T>,
): Promise<T> {
  const result = await work();
  if (result.ok || result.code !== "confirm_identity" || !asker) return result;
  return (await asker()) ? await work() : result;
}
