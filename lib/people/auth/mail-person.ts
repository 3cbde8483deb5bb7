import { reader } from "@/lib/platform/database/unit-of-work";
import { sendOwnMail } from "@/lib/platform/own-mail";

/** A mail to one person, by their name. */
export type Letter = (name: string) => { subject: string; text: string };

/** Mails a person, unless they are gone. Throws when the mail server does not take it. */
export async function mailPerson(userId: string, letter: Letter): Promise<void> {
  const user = await reader().user.findUnique({
    where: { id: userId },
    select: { name: true, email: true },
  });
  if (user) await sendOwnMail({ to: user.email, ...letter(user.name) });
}
