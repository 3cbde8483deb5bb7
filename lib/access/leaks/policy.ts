import type { Environment, LeakPolicy } from "@/prisma/generated/enums";

/** Whether a workspace wants a key revoked as soon as somebody reports its secret. */
export function revokesAtOnce(
  policy: LeakPolicy,
  key: { environment: Environment; scopes: readonly string[] },
): boolean {
  switch (policy) {
    case "alert":
      return false;
    case "revoke_all":
      return true;
    case "revoke_harmful":
      return key.environment === "live" && key.scopes.some((scope) => !scope.endsWith(":read"));
  }
}
