import type { Remedy } from "@/lib/access/findings/kind/remedies";
import type { ShownFinding } from "@/lib/access/findings/reading/shown-finding";
import { evidenceOf } from "./evidence";
import { RemedyButton } from "./remedy-button";

type RemedyActionProps = {
  finding: ShownFinding;
  /** Whether it is the one thing to do on its page. */
  isPrimary?: boolean;
};

/** The remedy of a finding: a button that asks first, or that leads to where the key is changed. */
export function RemedyAction({ finding, isPrimary = false }: RemedyActionProps) {
  const { remedy, key, about } = finding;
  return (
    <RemedyButton
      remedy={remedy}
      apiKey={key}
      about={about}
      href={hrefOf(finding)}
      variant={isPrimary ? "primary" : "secondary"}
    />
  );
}

/** The page on which a remedy is done; null for one that is done here. */
function hrefOf({ remedy, key, about }: ShownFinding): string | null {
  const keyPage = `/settings/api-keys/${key.id}`;
  const pages: Partial<Record<Remedy, string>> = {
    rotate: `${keyPage}?do=rotate`,
    revoke: `${keyPage}?do=revoke`,
    pause: `${keyPage}?do=pause`,
    end_or_extend: keyPage,
    rename: `${keyPage}/edit`,
    change_budget: `${keyPage}/edit`,
    see_calls: evidenceOf(about, key.id)?.href ?? keyPage,
  };
  return pages[remedy] ?? null;
}
