import { type AuditActor, recordForEach } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { type ConfirmationNeeded, needsConfirmation } from "@/lib/people/auth/second-factor";
import { tellOfReset } from "@/lib/people/members/mail-second-factor-reset";
import type { ResetSecondFactorInput } from "@/lib/people/members/schema";
import { findTarget, lockMembers, noSuchMember } from "@/lib/people/members/standing";
import { clearSecondFactor } from "@/lib/people/second-factor/turn-off";
import { type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { type Failure, fail, ok, type Result, type Success } from "@/lib/platform/result";

/** The author of what an operator does on the machine that Postern runs on. */
const OPERATOR = {
  memberId: null,
  name: "Whoever runs Postern",
  address: null,
  userAgent: null,
} as const;

type Member = { id: string; workspaceId: string };
/** Whether the person is told by mail. */
export type SecondFactorReset = { isMailed: boolean };

type Person = { id: string; name: string; members: readonly Member[] };

/**
 * Takes a lost second factor off a colleague's account and signs them out everywhere, so that their password alone
 * lets them in. A mail tells them, where there is a mail server. Whoever may change their role may do it; to others it is `not_found`. `elsewhere` for a person who
 * is in another workspace too: that one's door is not the actor's to open.
 */
export async function resetSecondFactor(
  actor: MemberActor,
  { memberId }: ResetSecondFactorInput,
  now: Date,
): Promise<
  Result<SecondFactorReset, "not_found" | "elsewhere" | "no_second_factor"> | ConfirmationNeeded
> {
  return await transact(async (tx) => {
    const role = await lockMembers(tx, actor);
    const target = role && (await findTarget(tx, actor, role, memberId));
    if (!target) return noSuchMember();
    const refusal = needsConfirmation(actor, now);
    if (refusal) return refusal;
    const members = await membershipsOf(tx, target.userId);
    if (members.length > 1) return isElsewhere(target.name);
    return await reset(tx, { id: target.userId, name: target.name, members }, actor, now);
  });
}

/** `resetSecondFactor` for an operator, by the person's email, whatever workspaces they are in. */
export async function resetSecondFactorByEmail(
  email: string,
  now: Date,
): Promise<Result<SecondFactorReset, "not_found" | "no_second_factor">> {
  return await transact(async (tx) => {
    const user = await tx.user.findUnique({ where: { email }, select: { id: true, name: true } });
    if (!user) return fail("not_found", `Nobody here has the email ${email}.`);
    const members = await membershipsOf(tx, user.id);
    return await reset(tx, { ...user, members }, OPERATOR, now);
  });
}

async function reset(
  tx: Transaction,
  { id, name, members }: Person,
  by: Omit<AuditActor, "workspaceId">,
  now: Date,
): Promise<Success<SecondFactorReset> | Failure<"no_second_factor">> {
  if (!(await clearSecondFactor(tx, id, now))) {
    return fail("no_second_factor", `${name} has no second factor.`);
  }
  const events = members.map((member) => {
    const target = { type: "member", id: member.id, name } as const;
    const actor = { ...by, workspaceId: member.workspaceId };
    return { actor, event: { action: "member.second_factor_reset", target } as const };
  });
  await recordForEach(tx, events, now);
  const isMailed = await tellOfReset(tx, id, by.memberId === null ? "operator" : "colleague");
  return ok({ isMailed });
}

async function membershipsOf(tx: Transaction, userId: string): Promise<Member[]> {
  return await tx.member.findMany({ where: { userId }, select: { id: true, workspaceId: true } });
}

function isElsewhere(name: string): Failure<"elsewhere"> {
  const message = `${name} is in another workspace too. Ask whoever runs this Postern to reset it.`;
  return fail("elsewhere", message);
}
