import { domainOf, emailIn, wireForm } from "@/lib/mail/address/mailbox";

/**
 * The headers by which programs tell a campaign from a letter: nobody's absence note or receipt answers it
 * (RFC 3834, and Exchange's own), and people can sort it by its list (RFC 2919). Bounces are still wanted.
 */
export function bulkHeaders({
  audienceId,
  from,
}: {
  audienceId: string;
  from: string;
}): Record<string, string> {
  return {
    "Auto-Submitted": "auto-generated",
    "List-Id": `<${audienceId}.${domainOf(wireForm(emailIn(from)))}>`,
    Precedence: "bulk",
    "X-Auto-Response-Suppress": "DR, RN, NRN, OOF, AutoReply",
  };
}
