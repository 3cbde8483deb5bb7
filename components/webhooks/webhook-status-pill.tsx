import { CircleAlert, CircleCheck, CircleOff } from "lucide-react";
import { Pill } from "@/components/ui/badge";
import { statusOf } from "@/lib/access/webhooks/webhook/status";
import type { WebhookRow } from "@/lib/access/webhooks/webhook/webhook-row";

/** Whether messages arrive, as icon, word and colour. */
export function WebhookStatusPill({ webhook }: { webhook: WebhookRow }) {
  switch (statusOf(webhook)) {
    case "delivering":
      return (
        <Pill tone="ok" icon={CircleCheck}>
          Delivering
        </Pill>
      );
    case "failing":
      return (
        <Pill tone="warn" icon={CircleAlert}>
          Failing
        </Pill>
      );
    case "off":
      return (
        <Pill tone="bad" icon={CircleOff}>
          Switched off
        </Pill>
      );
  }
}
