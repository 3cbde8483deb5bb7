import { CircleCheck, CircleOff, Fingerprint, LifeBuoy, Smartphone } from "lucide-react";
import { Pill } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import type { SecondFactorStatus } from "@/lib/people/second-factor/status";
import { AccountRow } from "./account-row";
import { AddPasskey } from "./add-passkey";
import { RecoveryCodesDialog } from "./recovery-codes-dialog";
import { RemoveApp, RemovePasskey } from "./remove-factor-dialogs";
import { SetUpAppDialog } from "./set-up-app-dialog";

const WHEN_ASKED = "Asked on new browsers, and before what can't be undone.";

/** What an account has besides its password, and how to add to it. */
export function SecondFactorCard({ status }: { status: SecondFactorStatus }) {
  const { app, passkeys, recoveryCodes } = status;
  const isOn = app !== null || passkeys.length > 0;
  return (
    <Card>
      <CardHeader
        title="Second factor"
        badge={
          <Pill tone={isOn ? "ok" : "off"} icon={isOn ? CircleCheck : CircleOff}>
            {isOn ? "On" : "Off"}
          </Pill>
        }
      >
        <span className="text-ink-2 text-xs">{WHEN_ASKED}</span>
      </CardHeader>
      {isOn && (
        <ul className="border-line border-b">
          {passkeys.map(({ id, name, ...times }) => (
            <AccountRow
              key={id}
              icon={Fingerprint}
              name={name}
              facts={
                <>
                  Passkey · <AddedAndUsed {...times} />
                </>
              }
            >
              <RemovePasskey passkeyId={id} name={name} />
            </AccountRow>
          ))}
          {app && (
            <AccountRow
              icon={Smartphone}
              name="Authenticator app"
              facts={<AddedAndUsed {...app} />}
            >
              <RemoveApp />
            </AccountRow>
          )}
          <AccountRow
            icon={LifeBuoy}
            name="Recovery codes"
            facts={
              recoveryCodes ? (
                <>
                  {recoveryCodes.left} of 10 left · made{" "}
                  <Time at={recoveryCodes.madeAt} mode="date" />
                </>
              ) : (
                "None left"
              )
            }
          >
            <RecoveryCodesDialog left={recoveryCodes?.left ?? 0} />
          </AccountRow>
        </ul>
      )}
      <CardBody className="flex flex-wrap items-center gap-2">
        {!isOn && (
          <p className="mb-2 w-full text-ink-2">
            With a second factor, nobody gets in who only has your password.
          </p>
        )}
        <AddPasskey />
        <SetUpAppDialog replaces={app !== null} />
      </CardBody>
    </Card>
  );
}

function AddedAndUsed({ createdAt, lastUsedAt }: { createdAt: Date; lastUsedAt: Date | null }) {
  return (
    <>
      added <Time at={createdAt} mode="date" /> ·{" "}
      {lastUsedAt ? (
        <>
          used <Time at={lastUsedAt} />
        </>
      ) : (
        "never needed"
      )}
    </>
  );
}
