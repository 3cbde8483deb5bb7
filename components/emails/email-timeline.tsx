import { Time } from "@/components/ui/time";
import type { EmailDetails } from "@/lib/mail/emails/member-emails";
import { eventInWords } from "@/lib/mail/emails/words";

/** The history of an email in plain words, oldest first. */
export function EmailTimeline({ events }: { events: EmailDetails["events"] }) {
  return (
    <section>
      <h3 className="mb-2 font-medium">What happened</h3>
      <ol className="grid gap-3 border-line border-l pl-4">
        {events.map(({ id, type, at, detail }) => {
          const { title, explanation, response, next } = eventInWords(type, detail);
          return (
            <li key={id} className="relative">
              <span
                aria-hidden
                className="absolute top-1.5 -left-[21px] size-2 rounded-full bg-line-strong"
              />
              <p className="flex flex-wrap justify-between gap-x-3">
                <bdi className="break-words">{title}</bdi>
                <span className="text-ink-3">
                  <Time at={at} />
                </span>
              </p>
              {explanation && <p className="break-words text-ink-2">{explanation}</p>}
              {next && (
                <p className="text-ink-2">
                  {next.label} <Time at={next.at} />
                </p>
              )}
              {response && (
                <p className="mt-0.5 break-words font-mono text-ink-3 text-xs">
                  <bdi>{response}</bdi>
                </p>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
