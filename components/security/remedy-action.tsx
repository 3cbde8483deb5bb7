import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import type { Remedy } from "@/lib/access/findings/kind/remedies";
import { REMEDY_LABELS } from "@/lib/access/findings/kind/words";
import type { ShownFinding } from "@/lib/access/findings/reading/shown-finding";
import { evidenceOf } from "./evidence";
import { RemedyDialogButton } from "./remedy-dialog-button";

type RemedyActionProps = {
  finding: ShownFinding;
  /** Whether it is the one thing to do on its page. */
  isPrimary?: boolean;
};

/** What helps with a finding: a button that asks first, or the way to where the key is changed. */
export function RemedyAction({ finding, isPrimary = false }: RemedyActionProps) {
  const { remedy, key, about } = finding;
  const variant = isPrimary ? "primary" : "secondary";
  const href = hrefOf(finding);
  if (href) {
    return (
      <Button asChild variant={variant}>
        <Link href={href}>{REMEDY_LABELS[remedy]}</Link>
      </Button>
    );
  }
  return <RemedyDialogButton remedy={remedy} apiKey={key} about={about} variant={variant} />;
}

/** Where a remedy is done on another page; null for one that is done here. */
function hrefOf({ remedy, key, about }: ShownFinding): string | null {
  const keyPage = `/settings/api-keys/${key.id}`;
  const pages: Partial<Record<Remedy, string>> = {
    rotate: `${keyPage}?do=rotate`,
    revoke: `${keyPage}?do=revoke`,
    end_or_extend: keyPage,
    rename: `${keyPage}/edit`,
    see_calls: evidenceOf(about, key.id)?.href ?? keyPage,
  };
  return pages[remedy] ?? null;
}
