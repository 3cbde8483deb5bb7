/** Why a browser did not use or make a passkey, for the person who asked. `null` where it knows no passkeys here. */
export function passkeyProblem(error: unknown): string {
  const name = error instanceof Error ? error.name : "";
  if (error === null || name === "SecurityError") {
    return "This browser has no passkeys here. They need https and a host name.";
  }
  if (name === "InvalidStateError") return "This device has a passkey of your account already.";
  return "No passkey was given. Try again, or use another way.";
}
