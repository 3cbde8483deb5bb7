import { type KindWithFacts, readFacts } from "@/lib/access/findings/kind/facts";
import { isFindingKind } from "@/lib/access/findings/kind/kinds";
import { findingInWords, SEVERITY_WORDS } from "@/lib/access/findings/kind/words";
import { NOT_MAILED, noticesJob, TOLD } from "@/lib/access/notices/due-notices";
import { FINDINGS_IN_MAIL, FINDINGS_TOLD_MAX } from "@/lib/access/notices/limits";
import { FROM_WORDS } from "@/lib/access/notices/words";
import { later, MINUTE_MS, SECOND_MS } from "@/lib/platform/clock";
import { reader, type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { countOf, formatCount } from "@/lib/platform/format/number";
import { sendOwnMail } from "@/lib/platform/own-mail";
import { publicOrigin } from "@/lib/platform/public-origin";
import { enqueueJob } from "@/lib/platform/queue/enqueue";
import type { FindingSeverity } from "@/prisma/generated/enums";

/** The time for which one process alone mails a member; longer than a mail server is waited for. */
const MAILED_MS = MINUTE_MS;
/** The wait for another process that mails the same member. */
const LOOK_AGAIN_MS = 10 * SECOND_MS;

/**
 * Mails a member what they chose to be told and were not told yet, in one message. Nothing is sent where all of it was
 * seen to meanwhile. Where another process mails the member at this moment, it looks again later, so that nothing is
 * told twice. Throws when the mail server does not take it. A process that dies right after may send it twice.
 */
export async function mailNotices(memberId: string, now: Date): Promise<void> {
  if (!(await holdMember(memberId, now))) return await lookAgain(memberId, now);
  try {
    await mailWhatIsDue(memberId, now);
  } finally {
    await letGoOfMember(memberId);
  }
}

async function holdMember(memberId: string, now: Date): Promise<boolean> {
  const free = [{ noticesMailedUntil: null }, { noticesMailedUntil: { lte: now } }];
  const { count } = await transact((tx) =>
    tx.member.updateMany({
      where: { id: memberId, OR: free },
      data: { noticesMailedUntil: later(now, MAILED_MS) },
    }),
  );
  return count > 0;
}

async function letGoOfMember(memberId: string): Promise<void> {
  await transact((tx) =>
    tx.member.updateMany({ where: { id: memberId }, data: { noticesMailedUntil: null } }),
  );
}

async function lookAgain(memberId: string, now: Date): Promise<void> {
  const options = { jobKey: noticesJob(memberId), runAt: later(now, LOOK_AGAIN_MS) };
  await transact((tx) => enqueueJob(tx, "mail_notices", { memberId }, options));
}

async function mailWhatIsDue(memberId: string, now: Date): Promise<void> {
  const due = await dueFor(memberId);
  const member = await reader().member.findUnique({
    where: { id: memberId },
    select: {
      noticeFrom: true,
      user: { select: { name: true, email: true } },
      workspace: { select: { name: true } },
    },
  });
  const [first] = due;
  if (!member?.noticeFrom || !first) return;
  const { user, workspace, noticeFrom } = member;
  const told = due.slice(0, FINDINGS_IN_MAIL).map((row) => inWords(row, now));
  const letter = { name: user.name, workspace: workspace.name, told, from: noticeFrom };
  const more = due.length - told.length;
  await sendOwnMail({
    to: user.email,
    subject: subjectOf(letter, due),
    text: textOf(letter, more),
  });
  await transact((tx) => noteSent(tx, memberId, due));
}

type Due = {
  id: string;
  kind: string;
  facts: unknown;
  severity: FindingSeverity;
  degree: number;
  keyName: string;
};

async function dueFor(memberId: string): Promise<Due[]> {
  return await reader().$queryRaw<Due[]>`
    SELECT finding.id, finding.kind, finding.facts, finding.severity::text AS severity, finding.degree,
           api_key.name AS "keyName"
    FROM ${TOLD} WHERE member.id = ${memberId} AND ${NOT_MAILED}
    ORDER BY finding.severity, finding.degree DESC, finding.raised_at DESC, finding.id LIMIT ${FINDINGS_TOLD_MAX}`;
}

type Told = { title: string; what: string; severity: FindingSeverity; url: string };

function inWords({ id, kind, facts, severity, keyName }: Due, now: Date): Told {
  const url = `${publicOrigin()}/settings/security/findings/${id}`;
  const about = knownFacts(kind, facts);
  const { title, what } = about
    ? findingInWords(about, now)
    : { title: "needs attention", what: "" };
  return { title: `${keyName} ${title}`, what, severity, url };
}

function knownFacts(kind: string, facts: unknown): KindWithFacts | null {
  return isFindingKind(kind) ? readFacts(kind, facts) : null;
}

type Letter = { name: string; workspace: string; told: readonly Told[]; from: FindingSeverity };

function subjectOf({ workspace, told: [first] }: Letter, due: readonly Due[]): string {
  const urgency = first?.severity === "urgent" ? "Urgent: " : "";
  if (due.length === 1 && first) return `${urgency}${first.title}`;
  return `${urgency}${formatCount(due.length)} things about API keys in ${workspace}`;
}

function textOf({ name, workspace, told, from }: Letter, more: number): string {
  const findings = told.map(({ title, what, severity, url }) => {
    return `${title}\n${SEVERITY_WORDS[severity]}. ${what}\n${url}\n`;
  });
  const rest =
    more > 0 ? `And ${countOf(more, "more finding")}: ${publicOrigin()}/settings/security\n\n` : "";
  return `Hello ${name},

Postern found this about API keys in ${workspace}:

${findings.join("\n")}
${rest}You chose to be told of: ${lowerFirst(FROM_WORDS[from])}. Change that here:
${publicOrigin()}/settings/account
`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

async function noteSent(tx: Transaction, memberId: string, due: readonly Due[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO notice_sent (member_id, finding_id, degree)
    SELECT member.id, finding.id, given.degree
    FROM unnest(${due.map(({ id }) => id)}::text[], ${due.map(({ degree }) => degree)}::int[]) AS given (id, degree)
      JOIN finding ON finding.id = given.id JOIN member ON member.id = ${memberId}
    ORDER BY finding.id
    ON CONFLICT (member_id, finding_id) DO UPDATE SET degree = GREATEST(notice_sent.degree, excluded.degree)`;
}
