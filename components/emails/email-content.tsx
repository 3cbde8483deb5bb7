import { Download, Paperclip } from "lucide-react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { PREVIEW_PICTURES_MAX_BYTES } from "@/lib/mail/emails/limits";
import type { EmailDetails } from "@/lib/mail/emails/member-emails";
import type { EmailsPageQuery } from "@/lib/mail/emails/schema";
import { contentGoneInWords } from "@/lib/mail/emails/words";
import { countOf, formatBytes } from "@/lib/platform/format/number";
import { EMAIL_LISTS, type EmailsPage } from "./emails-url";

/** The tab that an open email shows. */
type EmailTab = EmailsPageQuery["view"];

const TABS: readonly { view: EmailTab; label: string }[] = [
  { view: "preview", label: "Preview" },
  { view: "text", label: "Text" },
  { view: "source", label: "Source" },
];

type EmailContentProps = { page: EmailsPage; query: EmailsPageQuery; email: EmailDetails };

/** The content of an email: as it looks, as text, as HTML; or why nobody can read it. */
export function EmailContent({ page, query, email }: EmailContentProps) {
  const { view } = query;
  if (email.contentGone) {
    return <Notice tone="info">{contentGoneInWords(email.contentGone, email)}</Notice>;
  }
  return (
    <section>
      <nav
        aria-label="Views of the email"
        className="mb-3 flex gap-4 shadow-[inset_0_-1px_0_var(--border)]"
      >
        {TABS.map(({ view: other, label }) => (
          <Link
            key={other}
            href={EMAIL_LISTS[page].url({ ...query, view: other })}
            scroll={false}
            replace
            {...(other === view && { "aria-current": "page" })}
            className={cn(
              "inline-flex h-9 items-center border-transparent border-b-2 text-ink-2 max-md:h-10",
              other === view && "border-accent font-medium text-ink",
            )}
          >
            {label}
          </Link>
        ))}
      </nav>
      <Shown email={email} tab={view} />
      {email.attachments.length > 0 && <Attachments attachments={email.attachments} />}
    </section>
  );
}

function Shown({ email, tab }: { email: EmailDetails; tab: EmailTab }) {
  const { html, text } = email;
  switch (tab) {
    case "preview":
      return (
        <>
          <iframe
            title={`Preview of “${email.subject}”`}
            src={`/emails/${email.id}/body`}
            sandbox=""
            className="h-[420px] w-full rounded-md border border-line bg-white"
          />
          <p className="mt-1.5 text-ink-3 text-xs">
            Links do nothing here, and images from other servers are not loaded.
            {email.picturesLeftOut > 0 && ` ${leftOutWords(email.picturesLeftOut)}`}
          </p>
        </>
      );
    case "text":
      return text === null ? (
        <p className="text-ink-3">This email has no plain text part.</p>
      ) : (
        <Code label="Plain text">{text}</Code>
      );
    case "source":
      return (
        <>
          {html === null ? (
            <p className="text-ink-3">This email has no HTML part.</p>
          ) : (
            <Code label="HTML">{html}</Code>
          )}
          <Button asChild className="mt-3">
            <a href={`/emails/${email.id}/source`} download="email.eml">
              <Download aria-hidden />
              Download the whole message
            </a>
          </Button>
        </>
      );
  }
}

function leftOutWords(pictures: number): string {
  const left = countOf(pictures, "picture is", "pictures are");
  return `${left} left out: a preview shows up to ${formatBytes(PREVIEW_PICTURES_MAX_BYTES)} of them.`;
}

/** The most characters of a text that are shown. The download has all of it. */
const SHOWN_MAX = 100_000;

function Code({ label, children }: { label: string; children: string }) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
      tabIndex={0}
      aria-label={label}
      className="max-h-[420px] overflow-auto rounded-md border border-line bg-bg-subtle p-3"
    >
      <pre className="whitespace-pre-wrap break-words font-mono text-xs">
        <bdi>{children.slice(0, SHOWN_MAX)}</bdi>
      </pre>
    </section>
  );
}

function Attachments({ attachments }: Pick<EmailDetails, "attachments">) {
  return (
    <ul aria-label="Attachments" className="mt-3 grid gap-1.5">
      {attachments.map(({ position, filename, contentType }) => (
        <li key={position} className="flex items-center gap-2">
          <Paperclip aria-hidden className="size-4 shrink-0 text-ink-3" />
          <bdi className="min-w-0 truncate">{filename}</bdi>
          <span className="text-ink-3 text-xs">{contentType}</span>
        </li>
      ))}
    </ul>
  );
}
