"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { useHydrated } from "@/components/auth/use-hydrated";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { TryableCall } from "./send-call";

/** Loaded when somebody opens it: most readers only read. */
const TryItForm = dynamic(() => import("./try-it-form").then((module) => module.TryItForm), {
  ssr: false,
  loading: () => <p className="text-ink-2 text-sm">Loading the form…</p>,
});

/** Makes the call from this page, with the reader's own key. */
export function TryIt({ call, prefix }: { call: TryableCall; prefix: string }) {
  const [open, setOpen] = useState(false);
  const hydrated = useHydrated();
  return (
    <Card id="try-it" className="scroll-mt-6">
      <CardHeader title="Try it">
        <span className="text-ink-3 text-xs">best with a test key, on test data</span>
      </CardHeader>
      <CardBody className="grid gap-3">
        {open ? (
          <TryItForm call={call} prefix={prefix} />
        ) : (
          <>
            <p className="text-ink-2 text-sm">
              {hydrated
                ? "Sends this call to this server, with a key that you type in."
                : "This needs JavaScript. The curl command above makes the same call."}
            </p>
            <div>
              <Button disabled={!hydrated} onClick={() => setOpen(true)}>
                Try this call
              </Button>
            </div>
          </>
        )}
      </CardBody>
    </Card>
  );
}
