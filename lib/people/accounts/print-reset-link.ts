import { RESET_MINUTES } from "@/lib/people/accounts/limits";
import { makeResetLink } from "@/lib/people/accounts/request-password-reset";
import { forgotPasswordInput } from "@/lib/people/accounts/schema";
import { now } from "@/lib/platform/clock";
import { besideTheServer } from "@/lib/platform/database/beside-the-server";

/**
 * The command `npm run reset-password -- <email>`: says a link to a new password for that person, line by line.
 * Works while Postern runs and while it does not. Answers whether it found the person.
 */
export async function printResetLink(
  email: string | undefined,
  say: (line: string) => void,
): Promise<boolean> {
  const parsed = forgotPasswordInput.safeParse({ email });
  if (!parsed.success) {
    say("Name the person: npm run reset-password -- owner@example.com");
    return false;
  }
  return await besideTheServer(async () => {
    const link = await makeResetLink(parsed.data.email, now());
    say(link.ok ? link.value : link.message);
    if (link.ok) say(`It works once, for ${RESET_MINUTES} minutes, while Postern runs.`);
    return link.ok;
  }, say);
}
