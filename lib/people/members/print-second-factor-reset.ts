import { forgotPasswordInput } from "@/lib/people/accounts/schema";
import { resetSecondFactorByEmail } from "@/lib/people/members/reset-second-factor";
import { now } from "@/lib/platform/clock";
import { besideTheServer } from "@/lib/platform/database/beside-the-server";

/**
 * The command `npm run reset-second-factor -- <email>`: takes a lost second factor off that person's account, and
 * says so, line by line. Answers whether it did.
 */
export async function printSecondFactorReset(
  email: string | undefined,
  say: (line: string) => void,
): Promise<boolean> {
  const parsed = forgotPasswordInput.safeParse({ email });
  if (!parsed.success) {
    say("Name the person: npm run reset-second-factor -- owner@example.com");
    return false;
  }
  return await besideTheServer(async () => {
    const reset = await resetSecondFactorByEmail(parsed.data.email, now());
    say(reset.ok ? "They are signed out, and sign in with their password alone." : reset.message);
    if (reset.ok && reset.value.isMailed) say("A mail tells them as soon as Postern runs.");
    return reset.ok;
  }, say);
}
