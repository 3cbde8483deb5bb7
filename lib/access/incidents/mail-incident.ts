import { reader } from "@/lib/platform/database/unit-of-work";
import { sendOwnMail } from "@/lib/platform/own-mail";
import { publicOrigin } from "@/lib/platform/public-origin";
import type { TaskPayloads } from "@/lib/platform/queue/tasks";

/**
 * Mails a member that an incident was opened or handed to them. Does nothing where the incident has ended, or where the
 * incident or the member is gone. Throws when the mail server does not take the mail.
 */
export async function mailIncident(sent: TaskPayloads["mail_incident"]): Promise<void> {
  const [member, incident] = await Promise.all([
    reader().member.findUnique({
      where: { id: sent.memberId },
      select: { workspaceId: true, user: { select: { name: true, email: true } } },
    }),
    reader().incident.findUnique({
      where: { id: sent.incidentId },
      select: {
        id: true,
        workspaceId: true,
        openedBy: true,
        closedAt: true,
        key: { select: { name: true } },
        workspace: { select: { name: true } },
      },
    }),
  ]);
  if (!member || !incident || incident.closedAt) return;
  if (member.workspaceId !== incident.workspaceId) return;
  const { key, workspace, openedBy } = incident;
  const about = `the key ${key.name} of ${workspace.name}`;
  const said = {
    opened: {
      subject: `${key.name} leaked: ${openedBy} sees to it`,
      text: `${openedBy} said that ${about} leaked, and has begun to see to it.`,
    },
    handed_over: {
      subject: `${key.name} leaked: see to it, please`,
      text: `a colleague handed you what is to be done after ${about} leaked.`,
    },
  }[sent.why];
  await sendOwnMail({
    to: member.user.email,
    subject: said.subject,
    text: `Hello ${member.user.name},

${said.text} See what was done, and go on from any step, here:

${publicOrigin()}/settings/security/incidents/${incident.id}
`,
  });
}
