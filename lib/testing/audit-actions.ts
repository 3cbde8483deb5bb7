import { exportRequests } from "@/lib/access/activity/reading/export";
import { activityQuery } from "@/lib/access/activity/schema";
import { endRotation, extendRotation } from "@/lib/access/api-keys/changes/end-and-extend-rotation";
import { freezeKey, unfreezeKey } from "@/lib/access/api-keys/changes/freeze-key";
import { pauseKey, resumeKey } from "@/lib/access/api-keys/changes/pause-key";
import { revokeKey } from "@/lib/access/api-keys/changes/revoke-key";
import { rotateKey } from "@/lib/access/api-keys/changes/rotate-key";
import { undoRevoke } from "@/lib/access/api-keys/changes/undo-revoke";
import { exportAudit } from "@/lib/access/audit-log/export";
import { auditExportInput } from "@/lib/access/audit-log/schema";
import { liftBudget } from "@/lib/access/budgets/lift-budget";
import { cancelQueued } from "@/lib/access/damage/putting-right/cancel-queued";
import { restoreContacts } from "@/lib/access/damage/putting-right/restore-contacts";
import { removeDecoy } from "@/lib/access/decoys/remove-decoy";
import { restoreFinding } from "@/lib/access/findings/changes/dismiss-finding";
import { setRotationDays } from "@/lib/access/findings/changes/set-rotation-days";
import { closeIncident } from "@/lib/access/incidents/changes/close-incident";
import { handOverIncident } from "@/lib/access/incidents/changes/hand-over";
import { markPutRight, noteIncident, setSince } from "@/lib/access/incidents/changes/note-incident";
import { replaceKey } from "@/lib/access/incidents/changes/replace-key";
import { keepKey } from "@/lib/access/key-review/keep-key";
import { signOffReview } from "@/lib/access/key-review/sign-off";
import { setLeakPolicy } from "@/lib/access/leaks/leak-policy";
import { removeMember } from "@/lib/access/member-removal/remove-member";
import {
  deleteMemberWebhook,
  editMemberWebhook,
  rotateMemberSecret,
  switchOnMemberWebhook,
} from "@/lib/access/webhooks/changes/member-changes";
import { deleteMemberAudience, editMemberAudience } from "@/lib/mail/audiences/member-audiences";
import { exportRecipients } from "@/lib/mail/campaigns/export-recipients";
import {
  cancelMemberCampaign,
  deleteMemberCampaign,
  startMemberCampaign,
} from "@/lib/mail/campaigns/member-campaign-steps";
import { editMemberCampaign } from "@/lib/mail/campaigns/member-campaigns";
import { sendToAudience } from "@/lib/mail/campaigns/send-to-audience";
import { setContentDays } from "@/lib/mail/emails/content-retention";
import { resumeSending } from "@/lib/mail/emails/member-pause";
import { cancelMemberEmail } from "@/lib/mail/emails/scheduled-emails";
import { deleteMemberContact } from "@/lib/mail/erasure/delete-contact";
import { addDomain, removeDomain } from "@/lib/mail/sending-domains/member-domains";
import { removeSuppression } from "@/lib/mail/suppressions/member-suppressions";
import { deleteMemberTemplate, editMemberTemplate } from "@/lib/mail/templates/member-templates";
import { signLink } from "@/lib/mail/tracking/signed-links";
import { resubscribe, unsubscribe } from "@/lib/mail/tracking/unsubscribe";
import { changePassword } from "@/lib/people/accounts/change-password";
import { changeProfile } from "@/lib/people/accounts/change-profile";
import { confirmEmail } from "@/lib/people/accounts/confirm-email";
import { makeResetLink } from "@/lib/people/accounts/request-password-reset";
import { resetPassword } from "@/lib/people/accounts/reset-password";
import { endSession } from "@/lib/people/accounts/sessions";
import { signOutEverywhere } from "@/lib/people/accounts/sign-out-everywhere";
import type { AuditAction } from "@/lib/people/audit/audit-actions";
import { hashToken, newLinkToken } from "@/lib/people/auth/link-token";
import { signIn } from "@/lib/people/auth/sign-in";
import { changeRole } from "@/lib/people/members/change-role";
import { revokeInvitation } from "@/lib/people/members/invite";
import { joinAsNewcomer } from "@/lib/people/members/join";
import { renameWorkspace } from "@/lib/people/members/rename-workspace";
import { requireSecondFactor } from "@/lib/people/members/require-second-factor";
import { resetSecondFactor } from "@/lib/people/members/reset-second-factor";
import { confirmByCode } from "@/lib/people/second-factor/confirm-identity";
import { makeRecoveryCodes } from "@/lib/people/second-factor/recovery-codes";
import { removeApp, removePasskey } from "@/lib/people/second-factor/turn-off";
import { DAY_MS, HOUR_MS, later } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenKey, TEST_NOON as now } from "@/lib/testing/api-keys";
import {
  dismissed,
  edited,
  givenAudience,
  givenDraft,
  givenLimits,
  givenScheduledEmail,
  givenTemplate,
  invited,
  LIVE,
  mustWork,
  overBudget,
  paused,
  planted,
  redacted,
  rotating,
  ruleOf,
  scheduled,
  suppressed,
  TEMPLATE,
  TOMORROW,
} from "@/lib/testing/audit-givens";
import { givenList, givenSendingCampaign } from "@/lib/testing/campaigns";
import { givenTheft } from "@/lib/testing/damage";
import { givenColleague } from "@/lib/testing/fixtures";
import { givenIncident, replacementInput } from "@/lib/testing/incidents";
import { reported } from "@/lib/testing/leaks";
import { givenPasskey } from "@/lib/testing/passkeys";
import { type Person, TEST_REQUEST } from "@/lib/testing/people";
import { givenApp } from "@/lib/testing/second-factor";
import { givenWebhook, switchedOff, WEBHOOK } from "@/lib/testing/webhooks";

const PASSWORD = "another long password";

/**
 * For each audit action, a function that causes its event in a person's workspace. It calls the functions of
 * the product. A new action does not compile until it has a function here.
 */
export const MAKE_ACTION: Record<AuditAction, (person: Person) => Promise<unknown>> = {
  "workspace.created": async () => undefined,
  "workspace.renamed": async ({ actor: owner }) =>
    mustWork(await renameWorkspace(owner, { workspaceName: "Acme" }, now)),
  "workspace.second_factor_required": async (person) => {
    const { actor } = await givenApp(person, now);
    mustWork(await requireSecondFactor(actor, { required: true }, now));
  },
  "workspace.second_factor_optional": async (person) => {
    const { actor } = await givenApp(person, now);
    mustWork(await requireSecondFactor(actor, { required: true }, now));
    mustWork(await requireSecondFactor(actor, { required: false }, now));
  },
  "workspace.content_days_changed": async ({ actor: owner }) =>
    mustWork(await setContentDays(owner, { days: 7 }, now)),
  "workspace.rotation_days_changed": async ({ actor: owner }) =>
    mustWork(await setRotationDays(owner, { days: 90 }, now)),
  "workspace.leak_policy_changed": async ({ actor: owner }) =>
    mustWork(await setLeakPolicy(owner, { policy: "alert" }, now)),
  "workspace.keys_reviewed": async ({ actor: owner }) => {
    mustWork(await keepKey(owner, await givenKey(owner), now));
    mustWork(await signOffReview(owner, {}, now));
  },
  "member.invited": async ({ actor: owner }) => await invited(owner),
  "member.invitation_revoked": async ({ actor: owner }) => {
    const { invitationId } = await invited(owner);
    mustWork(await revokeInvitation(owner, { invitationId }, now));
  },
  "member.joined": async ({ actor: owner }) => {
    const { token } = await invited(owner);
    mustWork(await joinAsNewcomer({ token, name: "Jo", password: PASSWORD }, TEST_REQUEST, now));
  },
  "member.role_changed": async ({ actor: owner }) => {
    const { memberId } = await givenColleague(owner, "marketer");
    mustWork(await changeRole(owner, { memberId, role: "admin" }, now));
  },
  "member.removed": async ({ actor: owner }) => {
    const { memberId } = await givenColleague(owner, "marketer");
    mustWork(await removeMember(owner, { memberId, heirId: null }, now));
  },
  "member.second_factor_reset": async ({ actor: owner }) => {
    const { memberId, userId } = await givenColleague(owner, "marketer");
    const app = { secret: "sealed", lastStep: 0, createdAt: now };
    await db().authenticatorApp.create({ data: { userId, ...app } });
    mustWork(await resetSecondFactor(owner, { memberId }, now));
  },
  "account.password_changed": async ({ actor, password }) =>
    mustWork(
      await changePassword(actor, { currentPassword: password, newPassword: PASSWORD }, now),
    ),
  "account.password_reset": async ({ actor }) => {
    const link = mustWork(await makeResetLink(actor.email, now));
    const token = link.slice(link.lastIndexOf("/") + 1);
    mustWork(await resetPassword({ token, newPassword: PASSWORD }, TEST_REQUEST, now));
  },
  "account.signed_out_everywhere": async ({ actor: owner }) =>
    mustWork(await signOutEverywhere(owner, now)),
  "account.session_ended": async ({ actor, email, password }) => {
    const userAgent = "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/145.0";
    const request = { ...TEST_REQUEST, userAgent };
    const { claims } = mustWork(await signIn({ email, password }, request, now));
    mustWork(await endSession(actor, { sessionId: claims.sessionId }, now));
  },
  "account.renamed": async ({ actor }) => {
    const input = { name: "Mara Jung", email: actor.email, currentPassword: "" };
    mustWork(await changeProfile(actor, input, now));
  },
  "account.email_changed": async ({ actor }) => {
    const token = newLinkToken();
    const change = { email: "new@example.com", tokenHash: hashToken(token), expiresAt: TOMORROW };
    await db().emailChange.create({ data: { userId: actor.userId, ...change } });
    mustWork(await confirmEmail({ token }, TEST_REQUEST, now));
  },
  "account.passkey_added": async (person) => await givenPasskey(person, now),
  "account.passkey_removed": async (person) => {
    const { actor, passkeyId } = await givenPasskey(person, now);
    mustWork(await removePasskey(actor, { passkeyId }, now));
  },
  "account.app_added": async (person) => await givenApp(person, now),
  "account.app_removed": async (person) => {
    const { actor } = await givenApp(person, now);
    mustWork(await removeApp(actor, now));
  },
  "account.recovery_codes_made": async (person) => {
    const { actor } = await givenApp(person, now);
    mustWork(await makeRecoveryCodes(actor, now));
  },
  "account.recovery_code_used": async (person) => {
    const { actor, recoveryCodes } = await givenApp(person, now);
    mustWork(await confirmByCode(actor, { code: recoveryCodes[0] ?? "" }, now));
  },
  "key.created": async ({ actor: owner }) => {
    const limits = await givenLimits(owner);
    await givenKey(owner, { description: "For the CRM", ...limits });
  },
  "key.edited": ({ actor: owner }) => edited(owner, { name: "HubSpot", ratePerMinute: 60 }),
  "key.rotated": async ({ actor: owner }) => {
    const key = await rotating(owner);
    mustWork(await rotateKey(owner, { ...key, grace: { kind: "24h" } }, later(now, 1)));
  },
  "key.rotation_ended": async ({ actor: owner }) => {
    const { keyId, oldSecretId } = await rotating(owner);
    mustWork(await endRotation(owner, { keyId, secretId: oldSecretId }, now));
  },
  "key.rotation_extended": async ({ actor: owner }) => {
    const { keyId, oldSecretId } = await rotating(owner);
    const until = later(TOMORROW, DAY_MS);
    mustWork(await extendRotation(owner, { keyId, secretId: oldSecretId, until }, now));
  },
  "key.paused": async ({ actor: owner }) =>
    mustWork(await pauseKey(owner, await givenKey(owner), now)),
  "key.resumed": async ({ actor: owner }) => {
    const key = await givenKey(owner);
    mustWork(await pauseKey(owner, key, now));
    mustWork(await resumeKey(owner, key, TOMORROW));
  },
  "key.frozen": async ({ actor: owner }) =>
    mustWork(await freezeKey(owner, await givenKey(owner), now)),
  "key.unfrozen": async ({ actor: owner }) => {
    const key = await givenKey(owner);
    mustWork(await freezeKey(owner, key, now));
    mustWork(await unfreezeKey(owner, key, later(now, HOUR_MS)));
  },
  "key.leak_reported": async ({ actor: owner }) => {
    const { secret } = await givenKey(owner);
    await reported({ secret, url: "https://paste.example/x7Qd" }, now);
  },
  "key.budget_exceeded": async ({ actor: owner }) => await overBudget(owner),
  "key.budget_lifted": async ({ actor: owner }) =>
    mustWork(await liftBudget(owner, await overBudget(owner), now)),
  "key.revoked": async ({ actor: owner }) => {
    const { keyId } = await givenKey(owner);
    mustWork(await revokeKey(owner, { keyId, reason: "other", note: "The agency left" }, now));
  },
  "key.revoke_undone": async ({ actor: owner }) => {
    const { keyId } = await givenKey(owner);
    mustWork(await revokeKey(owner, { keyId, reason: "no_longer_needed", note: "" }, now));
    mustWork(await undoRevoke(owner, { keyId }, TOMORROW));
  },
  "key.owner_changed": async ({ actor: owner }) => {
    const { memberId } = await givenColleague(owner, "marketer");
    await edited(owner, { ownerId: memberId });
  },
  "key.kept": async ({ actor: owner }) =>
    mustWork(await keepKey(owner, await givenKey(owner), now)),
  "decoy.planted": async ({ actor: owner }) => await planted(owner),
  "decoy.removed": async ({ actor: owner }) => {
    const { decoyId } = await planted(owner);
    mustWork(await removeDecoy(owner, { decoyId }, now));
  },
  "key.emails_canceled": async ({ actor: owner }) =>
    mustWork(await cancelQueued(owner, await givenTheft(owner), later(now, DAY_MS / 2))),
  "key.contacts_restored": async ({ actor: owner }) => {
    const restore = { ...(await givenTheft(owner)), after: null, resubscribe: false };
    mustWork(await restoreContacts(owner, restore, TOMORROW));
  },
  "incident.opened": async ({ actor: owner }) => await givenIncident(owner),
  "incident.since_set": async ({ actor: owner }) => {
    const { incidentId } = await givenIncident(owner);
    mustWork(await setSince(owner, { incidentId, since: later(now, -HOUR_MS) }, now));
  },
  "incident.handed_over": async ({ actor: owner }) => {
    const { incidentId } = await givenIncident(owner);
    const { memberId } = await givenColleague(owner, "admin");
    mustWork(await handOverIncident(owner, { incidentId, memberId }, now));
  },
  "incident.replaced": async ({ actor: owner }) => {
    const { incidentId } = await givenIncident(owner);
    mustWork(await replaceKey(owner, replacementInput(incidentId), now));
  },
  "incident.put_right": async ({ actor: owner }) => {
    const { incidentId } = await givenIncident(owner);
    mustWork(await markPutRight(owner, { incidentId }, now));
  },
  "incident.noted": async ({ actor: owner }) => {
    const { incidentId } = await givenIncident(owner);
    const note = { incidentId, revision: 1, notes: "It stood in a wiki", affected: "Nobody" };
    mustWork(await noteIncident(owner, note, now));
  },
  "incident.closed": async ({ actor: owner }) => {
    const { incidentId } = await givenIncident(owner);
    mustWork(await closeIncident(owner, { incidentId }, now));
  },
  "finding.dismissed": async ({ actor: owner }) => await dismissed(owner),
  "finding.restored": async ({ actor: owner }) => {
    const findingId = await dismissed(owner);
    mustWork(await restoreFinding(owner, { findingId }, now));
  },
  "contact.resubscribed": async ({ actor: owner }) => {
    const { audienceId } = await givenList(owner, 1);
    const campaignId = await givenSendingCampaign(owner, { audienceId });
    await sendToAudience(campaignId, () => now);
    const { id: emailId } = await db().email.findFirstOrThrow({ where: { campaignId } });
    const link = { emailId, signature: signLink({ purpose: "unsubscribe", emailId }) };
    mustWork(await unsubscribe(link, now));
    mustWork(await resubscribe(link, now));
  },
  "contact.deleted": async ({ actor: owner }) => {
    const [id = ""] = (await givenList(owner, 1)).contactIds;
    mustWork(await deleteMemberContact(owner, { ...LIVE, id }, now));
  },
  "audience.created": async ({ actor: owner }) => await givenAudience(owner, "Pros"),
  "audience.renamed": async ({ actor: owner }) => {
    const id = await givenAudience(owner, "Pros");
    mustWork(await editMemberAudience(owner, { ...LIVE, id, name: "Customers" }, now));
  },
  "audience.rule_changed": async ({ actor: owner }) => {
    const id = await givenAudience(owner, "Pros");
    mustWork(await editMemberAudience(owner, { ...LIVE, id, rule: ruleOf("Free") }, now));
  },
  "audience.deleted": async ({ actor: owner }) => {
    const id = await givenAudience(owner, "Pros");
    mustWork(await deleteMemberAudience(owner, { ...LIVE, id }, now));
  },
  "template.created": async ({ actor: owner }) => await givenTemplate(owner),
  "template.changed": async ({ actor: owner }) => {
    const id = await givenTemplate(owner);
    const change = { ...TEMPLATE, id, subject: "Thank you", updatedAt: now };
    mustWork(await editMemberTemplate(owner, change, TOMORROW));
  },
  "template.deleted": async ({ actor: owner }) => {
    const id = await givenTemplate(owner);
    mustWork(await deleteMemberTemplate(owner, { ...LIVE, id }, now));
  },
  "campaign.created": async ({ actor: owner }) => await givenDraft(owner),
  "campaign.changed": async ({ actor: owner }) => {
    const { id, draft } = await givenDraft(owner);
    const change = { ...draft, id, replyTo: "help@acme.example", subject: "Hi", updatedAt: now };
    mustWork(await editMemberCampaign(owner, change, now));
  },
  "campaign.sent": async ({ actor: owner }) => {
    const { id } = await givenDraft(owner);
    mustWork(await startMemberCampaign(owner, { id, updatedAt: now }, now));
  },
  "campaign.scheduled": async ({ actor: owner }) => await scheduled(owner),
  "campaign.canceled": async ({ actor: owner }) => {
    mustWork(await cancelMemberCampaign(owner, { id: await scheduled(owner) }, now));
  },
  "campaign.deleted": async ({ actor: owner }) => {
    const { id } = await givenDraft(owner);
    mustWork(await deleteMemberCampaign(owner, { id }, now));
  },
  "campaign.exported": async ({ actor: owner }) => {
    const { id } = await givenDraft(owner);
    mustWork(await exportRecipients(owner, { id, status: "opened" }, now));
  },
  "email.canceled": async ({ actor: owner }) =>
    mustWork(await cancelMemberEmail(owner, await givenScheduledEmail(owner), now)),
  "domain.added": async ({ actor: owner }) =>
    mustWork(await addDomain(owner, { name: "shop.example" }, now)),
  "domain.removed": async ({ actor: owner }) => {
    const { id } = mustWork(await addDomain(owner, { name: "shop.example" }, now));
    mustWork(await removeDomain(owner, { id }, now));
  },
  "suppression.added": async ({ actor: owner }) => suppressed(owner),
  "suppression.removed": async ({ actor: owner }) => {
    await suppressed(owner);
    const { workspaceId } = owner;
    const { emailHash } = await db().suppression.findFirstOrThrow({ where: { workspaceId } });
    const input = { ...LIVE, emailHash, reason: "manual", note: "Came back" } as const;
    mustWork(await removeSuppression(owner, input, now));
  },
  "sending.paused": paused,
  "sending.resumed": async (person) => {
    await paused(person);
    mustWork(await resumeSending(person.actor, {}, now));
  },
  "webhook.created": async ({ actor: owner }) => await givenWebhook(owner),
  "webhook.changed": async ({ actor: owner }) => {
    const { id } = await givenWebhook(owner);
    const change = { ...WEBHOOK, id, name: "Shop", updatedAt: now };
    mustWork(await editMemberWebhook(owner, change, TOMORROW));
  },
  "webhook.secret_rotated": async ({ actor: owner }) => {
    mustWork(await rotateMemberSecret(owner, await givenWebhook(owner), now));
  },
  "webhook.switched_off": async ({ actor: owner }) => await switchedOff(owner),
  "webhook.switched_on": async ({ actor: owner }) => {
    mustWork(await switchOnMemberWebhook(owner, await switchedOff(owner), now));
  },
  "webhook.deleted": async ({ actor: owner }) => {
    mustWork(await deleteMemberWebhook(owner, await givenWebhook(owner), now));
  },
  "activity.exported": async ({ actor: owner }) => {
    const input = { ...activityQuery.parse({ status: "4xx", q: "tea" }), format: "csv" } as const;
    await exportRequests(owner, input, now);
  },
  "audit.exported": async ({ actor: owner }) => {
    const input = auditExportInput.parse({ format: "ndjson", action: "key.created" });
    mustWork(await exportAudit(owner, input, now));
  },
  "audit.redacted": async ({ actor: owner }) => await redacted(owner),
};
