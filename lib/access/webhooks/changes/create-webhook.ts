import { WEBHOOKS_MAX } from "@/lib/access/webhooks/webhook/limits";
import type { CreateWebhookInput } from "@/lib/access/webhooks/webhook/schema";
import { newSigningSecret } from "@/lib/access/webhooks/webhook/signing-secret";
import { type WebhookRow, webhookSelect } from "@/lib/access/webhooks/webhook/webhook-row";
import { authorOf } from "@/lib/people/audit/author";
import { firstValues } from "@/lib/people/audit/changes";
import { recordAudit } from "@/lib/people/audit/record";
import type { View } from "@/lib/people/auth/view";
import { type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { refusalOf } from "@/lib/platform/outgoing/reachable";
import { type Failure, fail, invalidFields, ok, type Result } from "@/lib/platform/result";

/** A webhook that was just made, with its signing secret: the only time that anybody sees it. */
export type NewWebhook = WebhookRow & { secret: string };

type CreateFailure = "validation_error" | "conflict" | "audience_not_allowed";

/**
 * Creates a webhook and returns it with its signing secret, which is stored sealed. It hears of what happens from now
 * on.
 * `validation_error` for a URL that nothing is sent to, `conflict` where the workspace has as many as it may,
 * `audience_not_allowed` for a key that is limited to some audiences.
 */
export async function createWebhook(
  view: View,
  input: CreateWebhookInput,
  now: Date,
): Promise<Result<NewWebhook, CreateFailure>> {
  const refusal = refuseLimited(view) ?? refuseUrl(input.url);
  if (refusal) return refusal;
  return await transact(async (tx) => {
    if (await isFull(tx, view)) return tooMany();
    const { workspaceId, environment, actorId: createdBy } = view;
    const id = newId("whk", now);
    const { secret, sealed } = newSigningSecret(id);
    const row = await tx.webhook.create({
      data: {
        ...{ id, workspaceId, environment, createdBy, createdAt: now, updatedAt: now },
        ...input,
        secret: sealed,
      },
      select: webhookSelect,
    });
    const event = {
      action: "webhook.created" as const,
      target: { type: "webhook" as const, id, name: input.name },
      changes: firstValues({ environment, ...input }),
    };
    await recordAudit(tx, authorOf(view), event, now);
    return ok({ ...row, secret });
  });
}

/** The failure for a URL that nothing may be sent to; null for any other. */
export function refuseUrl(url: string): Failure<"validation_error"> | null {
  const refusal = refusalOf(new URL(url));
  return refusal === null ? null : invalidFields({ url: [refusal] });
}

/** The failure for a key that sees only some contacts: a webhook would tell it of all. Null for everybody else. */
export function refuseLimited({ audiences }: View): Failure<"audience_not_allowed"> | null {
  if (audiences === null) return null;
  return fail(
    "audience_not_allowed",
    "This key is limited to some audiences, and a webhook hears of all contacts. Use a key without that limit.",
  );
}

/** Locks the workspace, so that two that are created at once are not one too many. */
async function isFull(tx: Transaction, { workspaceId, environment }: View): Promise<boolean> {
  await tx.$queryRaw`SELECT 1 FROM workspace WHERE id = ${workspaceId} FOR NO KEY UPDATE`;
  const count = await tx.webhook.count({ where: { workspaceId, environment } });
  return count >= WEBHOOKS_MAX;
}

function tooMany(): Failure<"conflict"> {
  return fail("conflict", `A workspace has at most ${WEBHOOKS_MAX} webhooks. Delete one first.`);
}
