"use client";

import { type ReactNode, useEffect, useState } from "react";
import { Notice } from "@/components/ui/notice";
import type { FirstCall } from "@/lib/access/activity/reading/usage";
import { firstCallAction } from "@/lib/access/api-keys/actions";

const ASK_EVERY_MS = 1_500;

type FirstCallLineProps = {
  keyId: string;
  name: string;
  /** How to make the first call, from where the reader is. */
  advice: ReactNode;
};

/** Watches for the first call made with a new secret, and says where it came from. */
export function FirstCallLine({ keyId, name, advice }: FirstCallLineProps) {
  const call = useFirstCall(keyId);
  return (
    <div role="status" aria-live="polite">
      {call ? <Received call={call} name={name} /> : <Waiting advice={advice} />}
    </div>
  );
}

function Waiting({ advice }: { advice: ReactNode }) {
  return (
    <div className="flex gap-3 rounded-md border border-line-strong border-dashed px-3.5 py-3">
      <span aria-hidden className="relative mt-1 size-3 shrink-0">
        <span className="absolute inset-0 rounded-full bg-accent-soft motion-safe:animate-ping" />
        <span className="absolute inset-0.5 rounded-full bg-accent" />
      </span>
      <div>
        <p className="font-medium">Waiting for the first call…</p>
        <p className="text-ink-2 text-xs">{advice}</p>
      </div>
    </div>
  );
}

function Received({ call, name }: { call: FirstCall; name: string }) {
  const worked = call.status < 400;
  return (
    <Notice tone={worked ? "ok" : "warn"} className="animate-appear py-3">
      <p className="font-medium">
        {`First call received: ${call.method} ${call.path} from ${call.address}`}
        {!worked && `, answered ${call.status}`}
      </p>
      <p className="text-ink-2 text-xs">
        {worked ? (
          <>
            {call.status} in {call.durationMs} ms. <Connected name={name} />
          </>
        ) : (
          "The secret works, but this call did not: Activity says why."
        )}
      </p>
    </Notice>
  );
}

function Connected({ name }: { name: string }) {
  return (
    <>
      <bdi>{name}</bdi> is connected.
    </>
  );
}

function useFirstCall(keyId: string): FirstCall | null {
  const [call, setCall] = useState<FirstCall | null>(null);

  useEffect(() => {
    if (call) return;
    let timer: ReturnType<typeof setTimeout>;
    let left = false;
    async function ask() {
      // A question that got lost on the way is simply asked again.
      const answer = await firstCallAction({ keyId }).catch(() => null);
      if (left) return;
      if (answer?.ok && answer.value) setCall(answer.value);
      else timer = setTimeout(ask, ASK_EVERY_MS);
    }
    timer = setTimeout(ask, ASK_EVERY_MS);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [keyId, call]);

  return call;
}
