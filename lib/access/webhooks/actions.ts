"use server";

import {
  createMemberWebhook,
  deleteMemberWebhook,
  editMemberWebhook,
  rotateMemberSecret,
  sendMemberAgain,
  sendMemberTest,
  switchOnMemberWebhook,
} from "@/lib/access/webhooks/changes/member-changes";
import {
  editWebhookInput,
  newWebhookInput,
  sendAgainInput,
  webhookIdInput,
} from "@/lib/access/webhooks/webhook/schema";
import { memberAction } from "@/lib/people/auth/member-action";

const refresh = "/settings/webhooks";

/** The answer is the only place that holds the secret. Nothing is refreshed while the page shows it. */
export const createWebhookAction = memberAction(newWebhookInput, createMemberWebhook);

export const editWebhookAction = memberAction(editWebhookInput, editMemberWebhook, { refresh });

/** The answer is the only place that holds the new secret. */
export const rotateSecretAction = memberAction(webhookIdInput, rotateMemberSecret);

export const deleteWebhookAction = memberAction(webhookIdInput, deleteMemberWebhook, { refresh });

export const switchOnWebhookAction = memberAction(webhookIdInput, switchOnMemberWebhook, {
  refresh,
});

export const sendTestAction = memberAction(webhookIdInput, sendMemberTest, { refresh });

export const sendAgainAction = memberAction(sendAgainInput, sendMemberAgain, { refresh });
