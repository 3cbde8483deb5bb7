import { Tag } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import { DISMISS_REASONS, SEVERITY_WORDS } from "@/lib/access/findings/kind/words";
import type { ShownFinding } from "@/lib/access/findings/reading/shown-finding";
import { evidenceOf } from "./evidence";
import { FindingMenu } from "./finding-menu";
import { mayOf } from "./may-of";
import { RemedyAction } from "./remedy-action";
import { findingUrl } from "./security-url";
import { SeverityIcon } from "./severity";

/** One finding of a list: what is so, where it shows, and what helps. */
export function FindingRow({ finding }: { finding: ShownFinding }) {
  const { id, key, words, severity, about } = finding;
  const title = `${key.name} ${words.title}`;
  const evidence = evidenceOf(about, key.id);
  return (
    <article
      aria-labelledby={`${id}-title`}
      className="flex items-start gap-3 border-line border-b px-4 py-3.5 text-sm last:border-b-0 max-md:flex-wrap"
    >
      <SeverityIcon severity={severity} />
      <div className="min-w-0 flex-1 max-md:basis-[calc(100%-2rem)]">
        <h3 id={`${id}-title`} className="wrap-anywhere font-semibold">
          <Link href={findingUrl(id)} className="hover:underline">
            <bdi>{key.name}</bdi> {words.title}
          </Link>
        </h3>
        <p className="wrap-anywhere mt-0.5 text-ink-2">{words.what}</p>
        <p className="mt-1 flex flex-wrap gap-x-1.5 text-ink-3 text-xs">
          {key.environment === "test" && <Tag line="dashed">Test</Tag>}
          <span>{SEVERITY_WORDS[severity]}</span>·
          <span>
            Owner: <bdi>{key.ownerName}</bdi>
          </span>
          ·
          <Standing finding={finding} />
          {evidence && (
            <>
              ·
              <Link href={evidence.href} className="text-ink-2 underline underline-offset-2">
                {evidence.words}
              </Link>
            </>
          )}
        </p>
      </div>
      <div className="flex shrink-0 gap-2 max-md:w-full max-md:pl-7">
        {finding.canAct && !finding.closedAt && <RemedyAction finding={finding} />}
        <FindingMenu
          findingId={id}
          title={title}
          keyId={key.id}
          may={mayOf(finding)}
          canAct={finding.canAct}
        />
      </div>
    </article>
  );
}

/** Since when a finding is as it is. */
function Standing({ finding: { openedAt, closedAt, dismissal } }: { finding: ShownFinding }) {
  if (closedAt) {
    return (
      <span>
        Closed <Time at={closedAt} />
      </span>
    );
  }
  if (dismissal) {
    return (
      <span>
        Left by <bdi>{dismissal.by}</bdi> <Time at={dismissal.at} />:{" "}
        {dismissal.note ?? DISMISS_REASONS[dismissal.reason]}
      </span>
    );
  }
  return (
    <span>
      Found <Time at={openedAt} />
    </span>
  );
}
