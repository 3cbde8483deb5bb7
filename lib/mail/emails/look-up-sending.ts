import { emailIn } from "@/lib/mail/address/mailbox";
import { type NewEmail, placeAndRecipients } from "@/lib/mail/emails/queue-emails";
import type { SendEmailInput } from "@/lib/mail/emails/schema";
import {
  amongDomains,
  type SenderDomains,
  selectingDomains,
} from "@/lib/mail/sending-domains/sender-domains";
import {
  byGroup,
  type Suppressed,
  type SuppressedRow,
  selectingSuppressions,
} from "@/lib/mail/suppressions/find-suppressions";
import { ofSameView, type View } from "@/lib/people/auth/view";
import { thinQuery } from "@/lib/platform/database/thin-query";
import { isAtomic, reader } from "@/lib/platform/database/unit-of-work";
import { Folding } from "@/lib/platform/folding";
import { processWide } from "@/lib/platform/process-wide";
import { Prisma } from "@/prisma/generated/client";

/** The most single emails that one statement looks up for. */
const TOGETHER_MAX = 50;

/** Everything that the database knows about emails that a view is about to send, in the order of the emails. */
export type KnownOfSending = {
  domains: SenderDomains;
  /** The id of the one contact that the email goes to, so that it stands in the contact's history. */
  contactIds: readonly (string | null)[];
  suppressions: readonly (readonly Suppressed[])[];
};

type KnownRow = {
  domains: string[];
  contacts: Record<string, string>;
  suppressed: SuppressedRow[];
};

/**
 * Reads all that the sending of these emails depends on, in one statement; for a single email, together with others that
 * the same caller sends meanwhile.
 */
export async function lookUpSending(
  view: View,
  inputs: readonly SendEmailInput[],
): Promise<KnownOfSending> {
  const [input] = inputs;
  if (!input || inputs.length > 1 || isAtomic()) return await readForSending(view, inputs);
  return await singles().add(view.actorId, { view, input });
}

type Single = { view: View; input: SendEmailInput };

function singles(): Folding<Single, KnownOfSending> {
  return processWide("sending-look-ups", () => {
    return new Folding<Single, KnownOfSending>({
      work: readTogether,
      fits: ofSameView,
      max: TOGETHER_MAX,
    });
  });
}

async function readTogether(together: readonly Single[]): Promise<KnownOfSending[]> {
  const [first] = together;
  if (!first) return [];
  const inputs = together.map(({ input }) => input);
  const { domains, contactIds, suppressions } = await readForSending(first.view, inputs);
  return together.map((_, at) => ({
    domains,
    contactIds: contactIds.slice(at, at + 1),
    suppressions: suppressions.slice(at, at + 1),
  }));
}

async function readForSending(
  view: View,
  inputs: readonly SendEmailInput[],
): Promise<KnownOfSending> {
  const { workspaceId, environment } = view;
  const alone = inputs.map(({ to }) => (to.length === 1 && to[0] ? emailIn(to[0]) : null));
  const groups = inputs.map((input) => placeAndRecipients(recipientsOf(view, input)));
  const [row] = await thinQuery<KnownRow>(
    reader(),
    Prisma.sql`
      SELECT ${selectingDomains(view)} AS domains,
             (SELECT COALESCE(json_object_agg(email, id), '{}') FROM contact
              WHERE workspace_id = ${workspaceId} AND environment = ${environment}::"Environment"
                AND email = ANY(${alone.filter((email) => email !== null)}::text[])) AS contacts,
             (SELECT COALESCE(json_agg(found), '[]') FROM (${selectingSuppressions(groups)}) AS found) AS suppressed`,
  );
  const { domains, contacts, suppressed } = row ?? { domains: [], contacts: {}, suppressed: [] };
  return {
    domains: amongDomains(view, domains),
    contactIds: alone.map((email) => (email ? (contacts[email] ?? null) : null)),
    suppressions: byGroup(groups, suppressed),
  };
}

/** The part of an email that says who gets it. */
export function recipientsOf(
  { workspaceId, environment, skipUnsubscribed }: View,
  { to, cc = [], bcc = [], skip_unsubscribed }: SendEmailInput,
): Pick<NewEmail, "workspaceId" | "environment" | "to" | "cc" | "bcc" | "skipUnsubscribed"> {
  const skips = skipUnsubscribed || skip_unsubscribed === true;
  return { workspaceId, environment, to, cc, bcc, skipUnsubscribed: skips };
}
