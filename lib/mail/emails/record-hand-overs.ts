import {
  type ClaimedEmail,
  deliverLater,
  GATHERING_MS,
  TOGETHER_MAX,
} from "@/lib/mail/emails/claim-emails";
import { recordEmailEvents } from "@/lib/mail/emails/email-events";
import { forgetRecipients } from "@/lib/mail/emails/forget-recipients";
import type { HandOver } from "@/lib/mail/emails/mail-server";
import { type Consequences, eventsAfter } from "@/lib/mail/emails/outcome";
import { countRefusals } from "@/lib/mail/emails/refusal-streak";
import { settle } from "@/lib/mail/emails/settle";
import { suppressBounced } from "@/lib/mail/suppressions/suppress-bounced";
import { type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { Folding } from "@/lib/platform/folding";
import { processWide } from "@/lib/platform/process-wide";

type Ended = { email: ClaimedEmail; result: HandOver; clock: () => Date };

/** Records what came of a hand-over and ends its claim, in one transaction with others that end meanwhile. */
export async function recordAmongOthers(
  email: ClaimedEmail,
  result: HandOver,
  clock: () => Date,
): Promise<void> {
  await records().add("", { email, result, clock });
}

function records(): Folding<Ended, undefined> {
  return processWide("hand-over-records", () => {
    const together = { fits, max: TOGETHER_MAX, restMs: GATHERING_MS };
    return new Folding<Ended, undefined>({ work: recordTogether, ...together });
  });
}

function fits([first]: readonly Ended[], next: Ended): boolean {
  return first?.clock === next.clock;
}

async function recordTogether(ended: readonly Ended[]): Promise<undefined[]> {
  const [first] = ended;
  if (first) await transact((tx) => recordHandOvers(tx, ended, first.clock()));
  return [];
}

async function recordHandOvers(tx: Transaction, ended: readonly Ended[], now: Date): Promise<void> {
  const outcomes = ended.map(({ email, result }) => ({
    email,
    ...eventsAfter(email, result, now),
  }));
  const claims = ended.map(({ email: { id, claimedAt } }) => ({ emailId: id, claimedAt }));
  const events = outcomes.flatMap((outcome) => outcome.events);
  await recordEmailEvents(tx, events, now, claims);
  await suppressBounced(tx, outcomes.flatMap(bouncedOf), now);
  const answers = outcomes.map(({ email: { workspaceId }, taken, refusals }) => {
    return { workspaceId, taken, refusals };
  });
  await countRefusals(tx, answers, now);
  const again = outcomes.flatMap(({ email, retryAt }) => (retryAt ? [{ email, at: retryAt }] : []));
  await deliverLater(tx, again);
  const over = outcomes.filter((outcome) => !outcome.retryAt && !isDelivered(outcome));
  const idsOf = (list: readonly { email: ClaimedEmail }[]) => list.map(({ email }) => email.id);
  await settle(tx, idsOf(over), now);
  await forgetRecipients(tx, idsOf(outcomes), now);
}

/** Whether the events alone say that the email is delivered, so that no earlier one has to be looked for. */
function isDelivered({ events }: Consequences): boolean {
  return events.some(({ type, moves }) => type === "delivered" && moves !== false);
}

function bouncedOf({ email, suppress }: Consequences & { email: ClaimedEmail }) {
  const { id: emailId, workspaceId, environment } = email;
  return suppress.map((mailbox) => ({ workspaceId, environment, emailId, email: mailbox }));
}
