import { AuthHeading } from "@/components/auth/auth-heading";
import { MailCard } from "./mail-card";

/** For the recipient of a mail whose link is broken or belongs to a mail that is gone. */
export function BrokenUnsubscribeLink() {
  return (
    <MailCard>
      <AuthHeading title="This link does not work">
        It may not be whole, or the sender no longer has the email. Use the unsubscribe link in a
        newer email from them, or answer one and ask them to stop.
      </AuthHeading>
    </MailCard>
  );
}
