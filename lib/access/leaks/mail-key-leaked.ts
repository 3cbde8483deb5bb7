import type { LockedKey } from "@/lib/access/api-keys/changes/change-key";
import { rolesWith } from "@/lib/people/auth/permissions";
import { reader, type Transaction } from "@/lib/platform/database/unit-of-work";
import { canSendOwnMail, sendOwnMail } from "@/lib/platform/own-mail";
import { publicOrigin } from "@/lib/platform/public-origin";
import { enqueueJobs } from "@/lib/platform/queue/enqueue";

/** The most members that are told by mail; the console tells everybody. */
const TOLD_MAX = 20;

/** Queues a mail to the owner of a leaked key and to everybody who manages all keys. */
export async function tellOfLeak(
  tx: Transaction,
  { id: keyId, workspaceId, ownerId }: Pick<LockedKey, "id" | "workspaceId" | "ownerId">,
): Promise<void> {
  if (!canSendOwnMail()) return;
  const members = await tx.member.findMany({
    where: {
      workspaceId,
      OR: [{ id: ownerId }, { role: { in: [...rolesWith("keys.manage_all")] } }],
    },
    orderBy: { id: "asc" },
    take: TOLD_MAX,
    select: { id: true },
  });
  await enqueueJobs(
    tx,
    members.map(({ id: memberId }) => {
      return { task: "mail_key_leaked", payload: { memberId, keyId } } as const;
    }),
  );
}

/**
 * Mails a member that a key leaked, unless one of them is gone. Where it was found stands in the console only: whoever
 * holds a secret chooses that URL, and must not reach people's mailboxes with it. Throws when the mail server does not
 * take the mail.
 */
export async function mailKeyLeaked(sent: { memberId: string; keyId: string }): Promise<void> {
  const [member, key] = await Promise.all([
    reader().member.findUnique({
      where: { id: sent.memberId },
      select: { workspaceId: true, user: { select: { name: true, email: true } } },
    }),
    reader().apiKey.findUnique({
      where: { id: sent.keyId },
      select: {
        id: true,
        name: true,
        workspaceId: true,
        revokedAt: true,
        workspace: { select: { name: true } },
      },
    }),
  ]);
  if (!member || !key || member.workspaceId !== key.workspaceId) return;
  await sendOwnMail({
    to: member.user.email,
    subject: `The key ${key.name} leaked`,
    text: letter(member.user.name, key),
  });
}

type LeakedKey = {
  id: string;
  name: string;
  revokedAt: Date | null;
  workspace: { name: string };
};

function letter(name: string, key: LeakedKey): string {
  const state = key.revokedAt
    ? "The key is revoked: every call with it is refused, and the tool that uses it has stopped. Press “This key leaked” on its page to see what it did, and to make a new key for the tool:"
    : "The key is not revoked. Press “This key leaked” on its page to stop it, to see what it did, and to make a new key for the tool:";
  return `Hello ${name},

somebody found a secret of the key ${key.name} of ${key.workspace.name} where it should not be, and reported it.

${state}

${publicOrigin()}/settings/api-keys/${key.id}?do=leaked

The Security page says where it was found:

${publicOrigin()}/settings/security
`;
}
