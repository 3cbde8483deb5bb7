import type { Result } from "@/lib/platform/result";

/** The value of a change that must work while the demo is made. */
export function expectOk<T>(result: Result<T, string>): T {
  if (result.ok) return result.value;
  throw new Error(`The demo could not be made: ${result.message}`);
}
