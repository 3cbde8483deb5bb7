import { CircleCheck, Monitor, Smartphone } from "lucide-react";
import { Pill } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import type { SessionRow } from "@/lib/people/accounts/sessions";
import { AccountRow } from "./account-row";
import { SignOutBrowser, SignOutEverywhere } from "./sign-out-buttons";

/** The browsers in which whoever is signed in is signed in. */
export function SessionsCard({ sessions }: { sessions: readonly SessionRow[] }) {
  return (
    <Card>
      <CardHeader title="Sessions">
        <SignOutEverywhere />
      </CardHeader>
      <ul>
        {sessions.map((session) => (
          <AccountRow
            key={session.id}
            icon={session.isPhone ? Smartphone : Monitor}
            name={session.browser}
            facts={
              <>
                {session.address ?? "Unknown IP address"} · signed in{" "}
                <Time at={session.createdAt} />
              </>
            }
          >
            {session.isThisOne ? (
              <Pill tone="ok" icon={CircleCheck}>
                This one
              </Pill>
            ) : (
              <>
                <span className="text-ink-2 max-md:text-xs">
                  seen <Time at={session.lastSeenAt} />
                </span>
                <SignOutBrowser sessionId={session.id} browser={session.browser} />
              </>
            )}
          </AccountRow>
        ))}
      </ul>
    </Card>
  );
}
