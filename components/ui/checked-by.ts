import type { FieldValues, Resolver } from "react-hook-form";
import type { z } from "zod";
import { onDemand } from "./on-demand";

/**
 * The resolver of a form that a schema checks. The schema is fetched on demand; where it cannot be, the server's check
 * is the only one.
 */
export function checkedBy<Typed extends FieldValues, Sent>(
  load: () => Promise<z.ZodType<Sent, Typed>>,
): Resolver<Typed, unknown, Sent> {
  const resolver = onDemand(async () => {
    const [{ zodResolver }, schema] = await Promise.all([
      import("@hookform/resolvers/zod"),
      load(),
    ]);
    return zodResolver<Typed, unknown, Sent>(schema);
  });
  return async (typed, context, options) => {
    const check = await resolver.get().catch(() => null);
    // The server reads what was typed as the schema would.
    return check
      ? await check(typed, context, options)
      : { values: typed as unknown as Sent, errors: {} };
  };
}
