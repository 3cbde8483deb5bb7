import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import type { KeyAttention } from "@/lib/access/api-keys/key/shown-key";
import { formatCount } from "@/lib/platform/format/number";
import { longInstant, relativeTime } from "@/lib/platform/format/time";

const MOST_SHOWN = 3;

type KeyAttentionNoticesProps = { attention: readonly KeyAttention[]; now: Date };

/** The keys that need attention before something stops working: one line each, the soonest first. */
export function KeyAttentionNotices({ attention, now }: KeyAttentionNoticesProps) {
  if (attention.length === 0) return null;
  const hidden = attention.length - MOST_SHOWN;
  return (
    <ul className="mb-4 grid grid-cols-1 gap-2">
      {attention.slice(0, MOST_SHOWN).map((item) => (
        <li key={`${item.keyId} ${item.kind}`}>
          <Notice
            tone="warn"
            action={<Link href={`/settings/api-keys/${item.keyId}`}>Review</Link>}
          >
            <div className="lg:truncate">{sentence(item, now)}</div>
          </Notice>
        </li>
      ))}
      {hidden > 0 && (
        <li className="text-ink-2 text-xs">
          {formatCount(hidden)} more to review.{" "}
          <Link
            href="/settings/api-keys?status=expiring&sort=expires&direction=asc"
            className="underline underline-offset-3"
          >
            Keys that expire soon
          </Link>
        </li>
      )}
    </ul>
  );
}

function sentence({ name, kind, at }: KeyAttention, now: Date): ReactNode {
  const key = (
    <bdi title={name} className="font-semibold">
      {name}
    </bdi>
  );
  switch (kind) {
    case "expiring":
      return (
        <>
          {key} stops working{at && ` on ${longInstant(at)}`}. Rotating keeps it running with a new
          secret.
        </>
      );
    case "old_secret_in_use":
      return (
        <>
          {key} is still called with its old secret, which stops{at && ` ${relativeTime(at, now)}`}.
        </>
      );
    case "owner_cannot_manage":
      return <>{key} belongs to someone who can no longer manage keys. Give it another owner.</>;
  }
}
