import { activityList, requestUrl } from "@/components/activity/activity-url";
import { StatusChip } from "@/components/activity/status-chip";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import type { RecentRequest } from "@/lib/access/activity/reading/usage";

type RecentRequestsCardProps = { keyId: string; requests: readonly RecentRequest[] };

/** The newest calls of a key; each leads to everything known of it. */
export function RecentRequestsCard({ keyId, requests }: RecentRequestsCardProps) {
  return (
    <Card>
      <CardHeader title="Recent requests">
        <Link
          href={activityList.url({ key: keyId })}
          className="font-medium text-accent text-xs hover:underline"
        >
          Open in Activity
        </Link>
      </CardHeader>
      {requests.length === 0 ? (
        <CardBody className="text-ink-2 text-sm">
          None yet. Each call with this key shows up here within a second.
        </CardBody>
      ) : (
        <ul className="@container text-sm">
          {requests.map((request) => (
            <li key={request.id} className="border-line border-b last:border-b-0">
              <Request request={request} href={requestUrl({ key: keyId }, request.id)} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** A call in one line where the card is wide, and in two where it is not: the path always has its room. */
function Request({ request, href }: { request: RecentRequest; href: string }) {
  const { at, method, path, status, address, durationMs } = request;
  return (
    <div className="relative grid grid-cols-[3rem_3.75rem_minmax(0,1fr)_9rem_4rem_6rem] items-center gap-x-2 px-4 py-2 hover:bg-bg-subtle @max-2xl:grid-cols-[3rem_3.75rem_minmax(0,1fr)_4rem_6rem] @max-lg:grid-cols-[3rem_minmax(0,1fr)_auto] @max-lg:gap-y-0.5">
      <span>
        <StatusChip status={status} />
      </span>
      <span className="font-mono text-xs @max-lg:order-4 @max-lg:col-start-2">{method}</span>
      <Link
        href={href}
        title={path}
        className="min-w-0 truncate font-mono text-xs after:absolute after:inset-0"
      >
        {path}
      </Link>
      <span className="truncate font-mono text-ink-2 text-xs @max-2xl:hidden" title={address}>
        {address}
      </span>
      <span className="text-right text-ink-2 @max-lg:hidden">{durationMs} ms</span>
      <span className="relative text-right text-ink-2 @max-lg:text-xs">
        <Time at={at} />
      </span>
    </div>
  );
}
