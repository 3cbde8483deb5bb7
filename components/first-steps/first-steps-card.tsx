import { Circle, CircleCheck } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { RefreshEvery } from "@/components/ui/refresh-every";
import { Time } from "@/components/ui/time";
import { type FirstSteps, STEPS, stepsDone } from "@/lib/access/first-steps/status";
import { SECOND_MS } from "@/lib/platform/clock";
import { listed } from "@/lib/platform/format/list";
import { HideFirstSteps } from "./hide-first-steps";
import { LimitOfferButton } from "./limit-offer-button";

/** The pause between two looks for the first call. */
const LOOK_EVERY_MS = 3 * SECOND_MS;

type FirstStepsCardProps = { steps: FirstSteps; canAddWebhook: boolean };

/** The newcomer's checklist: each step ticks itself. */
export function FirstStepsCard({ steps, canAddWebhook }: FirstStepsCardProps) {
  return (
    <Card aria-label="Get connected" className="mb-4">
      <CardHeader
        title="Get connected"
        badge={
          <span className="text-ink-3 text-xs">
            {stepsDone(steps)} of {STEPS} done
          </span>
        }
      >
        <HideFirstSteps />
      </CardHeader>
      <ol>
        <KeyStep made={steps.key} />
        <CallStep steps={steps} />
        <LimitStep limit={steps.limit} />
        <ToldStep told={steps.told} canAddWebhook={canAddWebhook} />
        <SignInStep done={steps.secondFactor} />
      </ol>
      {steps.key && !steps.call && <RefreshEvery ms={LOOK_EVERY_MS} />}
    </Card>
  );
}

function KeyStep({ made }: { made: FirstSteps["key"] }) {
  return (
    <Step done={made !== null} title="Make your first key">
      {made ? (
        <>
          <bdi>{made.name}</bdi>, <Time at={made.createdAt} />
        </>
      ) : (
        "One for each tool, with only the access it needs."
      )}
    </Step>
  );
}

function CallStep({ steps: { key, call } }: { steps: FirstSteps }) {
  return (
    <Step
      done={call !== null}
      title="See it call"
      act={
        key &&
        !call && (
          <Button asChild>
            <Link href="/docs/quick-starts">Quick starts</Link>
          </Button>
        )
      }
    >
      {call ? (
        <>
          <span className="break-all">
            {call.method} {call.path}
          </span>{" "}
          from {call.address}, <Time at={call.at} />
        </>
      ) : (
        "Give the secret to your tool. This ticks as soon as it calls."
      )}
    </Step>
  );
}

function LimitStep({ limit }: Pick<FirstSteps, "limit">) {
  if ("limitedKey" in limit) {
    return (
      <Step done title="Keep it to its address">
        <bdi>{limit.limitedKey}</bdi> works from its own IP addresses only.
      </Step>
    );
  }
  const from = limit.offer?.addresses.map(({ address }) => address) ?? [];
  return (
    <Step
      done={false}
      title="Keep it to its address"
      act={limit.offer && <LimitOfferButton offer={limit.offer} />}
    >
      {from.length > 0
        ? `All its calls came from ${listed(from, "and")}. Anyone else who gets the key is then refused.`
        : "Once it calls, you can limit it to the IP addresses it calls from. Anyone else who gets the key is then refused."}
    </Step>
  );
}

const TOLD_WORDS = {
  mail: "Postern mails you when a key needs attention.",
  webhook: "A webhook hears when a key needs attention.",
  mail_server:
    "No mail server is set up, so only the bell tells you. A webhook can tell a channel.",
  choice: "You chose to be told of nothing. Pick what matters to you.",
};

type ToldStepProps = Pick<FirstSteps, "told"> & { canAddWebhook: boolean };

function ToldStep({ told, canAddWebhook }: ToldStepProps) {
  const isTold = "by" in told;
  return (
    <Step
      done={isTold}
      title="Be told when something looks wrong"
      act={!isTold && <BeToldButton missing={told.missing} canAddWebhook={canAddWebhook} />}
    >
      {TOLD_WORDS[isTold ? told.by : told.missing]}
    </Step>
  );
}

type BeToldButtonProps = { missing: "mail_server" | "choice"; canAddWebhook: boolean };

function BeToldButton({ missing, canAddWebhook }: BeToldButtonProps) {
  if (missing === "choice") {
    return (
      <Button asChild>
        <Link href="/settings/account#notices">Choose</Link>
      </Button>
    );
  }
  if (!canAddWebhook) return null;
  return (
    <Button asChild>
      <Link href="/settings/webhooks/new">Add a webhook</Link>
    </Button>
  );
}

function SignInStep({ done }: { done: boolean }) {
  return (
    <Step
      done={done}
      title="Protect your own sign-in"
      act={
        !done && (
          <Button asChild>
            <Link href="/settings/account">Add a passkey</Link>
          </Button>
        )
      }
    >
      {done
        ? "Your password alone opens nothing."
        : "A passkey takes ten seconds. Without one, whoever has your password can make keys."}
    </Step>
  );
}

type StepProps = { done: boolean; title: string; act?: ReactNode; children: ReactNode };

function Step({ done, title, act, children }: StepProps) {
  const Icon = done ? CircleCheck : Circle;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-line border-b px-4 py-3 last:border-b-0">
      <Icon aria-hidden className={`size-4 shrink-0 ${done ? "text-ok" : "text-ink-3"}`} />
      <div className="min-w-0 flex-1 basis-56">
        <p className={done ? "text-ink-2" : "font-medium"}>
          {title}
          {done && <span className="sr-only"> (done)</span>}
        </p>
        <p className="text-ink-2 text-xs">{children}</p>
      </div>
      {act}
    </li>
  );
}
