import { changeWebhook } from "@/lib/access/webhooks/changes/change-webhook";
import { createWebhook } from "@/lib/access/webhooks/changes/create-webhook";
import { deleteWebhook } from "@/lib/access/webhooks/changes/delete-webhook";
import { type RotatedSecret, rotateSecret } from "@/lib/access/webhooks/changes/rotate-secret";
import { sendAgain, sendTest } from "@/lib/access/webhooks/changes/send-by-hand";
import { switchOn } from "@/lib/access/webhooks/changes/switch-on";
import { noWebhook } from "@/lib/access/webhooks/webhook/no-webhook";
import type {
  EditWebhookInput,
  NewWebhookInput,
  SendAgainInput,
  WebhookIdInput,
} from "@/lib/access/webhooks/webhook/schema";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { needsConfirmation } from "@/lib/people/auth/second-factor";
import { type View, viewOf } from "@/lib/people/auth/view";
import { reader } from "@/lib/platform/database/unit-of-work";
import { type Failure, ok, type Result } from "@/lib/platform/result";

/** Creates a webhook as `createWebhook` does. It sends data out, so a second factor is asked for where there is one. */
export async function createMemberWebhook(
  actor: MemberActor,
  { environment, ...input }: NewWebhookInput,
  now: Date,
) {
  if (!can(actor, "webhooks.manage")) return noWebhook();
  const unconfirmed = needsConfirmation(actor, now);
  if (unconfirmed) return unconfirmed;
  const created = await createWebhook(viewOf(actor, environment), input, now);
  return created.ok ? ok({ id: created.value.id, secret: created.value.secret }) : created;
}

/** Changes a webhook as a whole. Fails with `conflict` when somebody changed it meanwhile. */
export async function editMemberWebhook(
  actor: MemberActor,
  { id, ...input }: EditWebhookInput,
  now: Date,
) {
  const unconfirmed = needsConfirmation(actor, now);
  if (unconfirmed) return unconfirmed;
  return await asManager(actor, id, async (view) => {
    const changed = await changeWebhook(view, { id, ...input }, now);
    return changed.ok ? ok(null) : changed;
  });
}

/** Gives a webhook a new signing secret, as `rotateSecret` does. */
export async function rotateMemberSecret(actor: MemberActor, { id }: WebhookIdInput, now: Date) {
  const unconfirmed = needsConfirmation(actor, now);
  if (unconfirmed) return unconfirmed;
  return await asManager<RotatedSecret, "not_found">(actor, id, (view) =>
    rotateSecret(view, id, now),
  );
}

/** Deletes a webhook with its log of deliveries. */
export async function deleteMemberWebhook(actor: MemberActor, { id }: WebhookIdInput, now: Date) {
  return await asManager(actor, id, (view) => deleteWebhook(view, id, now));
}

/** Lets a webhook that was switched off deliver again. */
export async function switchOnMemberWebhook(actor: MemberActor, { id }: WebhookIdInput, now: Date) {
  return await asManager(actor, id, (view) => switchOn(view, id, now));
}

/** Queues a test message, and returns its id. */
export async function sendMemberTest(actor: MemberActor, { id }: WebhookIdInput, now: Date) {
  return await asManager(actor, id, (view) => sendTest(view, id, now));
}

/** Queues a message again. */
export async function sendMemberAgain(actor: MemberActor, input: SendAgainInput, now: Date) {
  return await asManager(actor, input.id, (view) => sendAgain(view, input, now));
}

/** Runs `change` on the environment of a webhook that `actor` may manage. `not_found` for any other. */
async function asManager<T, Code extends string>(
  actor: MemberActor,
  id: string,
  change: (view: View) => Promise<Result<T, Code>>,
): Promise<Result<T, Code> | Failure<"not_found">> {
  if (!can(actor, "webhooks.manage")) return noWebhook();
  const place = await reader().webhook.findFirst({
    where: { id, workspaceId: actor.workspaceId },
    select: { environment: true },
  });
  return place ? await change(viewOf(actor, place.environment)) : noWebhook();
}
