import type { ReactNode } from "react";
import { Fact, Facts } from "@/components/ui/facts";
import { SidePanel } from "@/components/ui/side-panel";
import { Time } from "@/components/ui/time";
import type { DeliveryDetails } from "@/lib/access/webhooks/reading/deliveries";
import type { DeliveriesPageQuery } from "@/lib/access/webhooks/webhook/schema";
import { countOf, formatCount } from "@/lib/platform/format/number";
import { Answer, AnswerChip } from "./answer";
import { SendAgain } from "./send-again";
import { deliveriesOf } from "./webhooks-url";

type DeliveryPanelProps = {
  webhookId: string;
  query: DeliveriesPageQuery;
  delivery: DeliveryDetails;
  /** Whether the reader may send it again, and the webhook is on. */
  maySend: boolean;
};

/** Everything about one delivery: what was sent, what came back, and each try. */
export function DeliveryPanel({ webhookId, query, delivery, maySend }: DeliveryPanelProps) {
  const { id, type, at, body, headers, log } = delivery;
  return (
    <SidePanel
      title={<span className="font-mono text-sm">{type}</span>}
      rowId={id}
      closeHref={deliveriesOf(webhookId).url({ ...query, delivery: "" })}
    >
      <Facts>
        <Fact name="Answer">
          <Answer delivery={delivery} />
        </Fact>
        <Fact name="Happened">
          <Time at={at} mode="exact" />
        </Fact>
      </Facts>
      <p>{whatCameOfIt(delivery)}</p>
      {maySend && <SendAgain webhookId={webhookId} deliveryId={id} />}
      <Part title="Body">{JSON.stringify(JSON.parse(body), null, 2)}</Part>
      {headers.length > 0 && (
        <Part title="Headers">
          {headers.map(([name, value]) => `${name}: ${value}`).join("\n")}
        </Part>
      )}
      {log[0]?.answer && <Part title="Answer">{log[0].answer}</Part>}
      {log.length > 0 && <Tries log={log} />}
    </SidePanel>
  );
}

function whatCameOfIt({ state, last, tries }: DeliveryDetails): string {
  if (!last) return "It waits to be sent for the first time.";
  const tried = `Tried ${tries === 1 ? "once" : `${formatCount(tries)} times`}.`;
  if (state === "delivered") return `It arrived. ${tried}`;
  const reason = last.reason ?? `The receiver answered ${last.status}, which is no success.`;
  const next =
    state === "given_up"
      ? "It was given up after 3 days."
      : "It is tried again, less and less often, for 3 days.";
  return `${reason} ${tried} ${next}`;
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1.5 text-ink-2 text-xs">{title}</h3>
      <pre className="wrap-anywhere whitespace-pre-wrap rounded-md bg-bg-sunken p-3 font-mono text-xs leading-[18px]">
        {children}
      </pre>
    </section>
  );
}

function Tries({ log }: Pick<DeliveryDetails, "log">) {
  return (
    <section>
      <h3 className="mb-1.5 text-ink-2 text-xs">
        {countOf(log.length, "latest try", "latest tries")}
      </h3>
      <ol className="grid gap-2">
        {log.map((one) => (
          <li key={one.at} className="flex flex-wrap items-center gap-x-3 gap-y-0.5 text-xs">
            <AnswerChip status={one.status} />
            <Time at={one.at} mode="exact" />
            <span className="text-ink-2">{formatCount(one.ms)} ms</span>
            {one.reason && <span className="basis-full text-ink-2">{one.reason}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
