import type { Metadata } from "next";
import { Fragment } from "react";
import { CodeBlock } from "@/components/docs/code-block";
import { Code, DocsSection } from "@/components/docs/docs-section";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { FINDING_KINDS } from "@/lib/access/findings/kind/kinds";
import { KIND_NAMES } from "@/lib/access/findings/kind/words";
import { DELIVERIES_KEPT_DAYS, OVERLAP_HOURS } from "@/lib/access/webhooks/webhook/limits";
import { EVENT_GROUPS } from "@/lib/access/webhooks/webhook/words";

export const metadata: Metadata = { title: "Receiving webhooks" };

const TEXT = "max-w-[68ch]";
const LINK = "underline underline-offset-3";

const RECEIVER = `import { createServer } from "node:http";
import { Webhook } from "standardwebhooks";

const webhook = new Webhook(process.env.POSTERN_SIGNING_SECRET); // whsec_…
createServer(async (request, response) => {
  const body = (await request.setEncoding("utf8").toArray()).join("");
  try {
    const event = webhook.verify(body, request.headers); // throws unless it is from Postern
    await handleOnce(request.headers["webhook-id"], event); // drop an id that you have
    response.writeHead(204).end();
  } catch {
    response.writeHead(400).end();
  }
}).listen(8080);`;

const MESSAGE = `POST /hooks HTTP/1.1
Content-Type: application/json
webhook-id: msg_00000000002a5f0c8e1b7d4936
webhook-timestamp: 1796047091
webhook-signature: v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=

{
  "type": "contact.unsubscribed",
  "timestamp": "2026-11-29T13:58:11.402Z",
  "data": {
    "object": "contact",
    "id": "con_01kayq8m4xf2c9r7h3v5w6y8zb",
    "email": "omar@example.com",
    "unsubscribed": true,
    "changed_by": null
  }
}`;

/** How a program receives webhooks: what a message is, how to check it, and what happens when it does not arrive. */
export default function WebhooksDocsPage() {
  return (
    <article>
      <PageHeader
        title="Receiving webhooks"
        description="Postern sends each event you chose to your URL, within seconds, signed so that nobody else can."
      />
      <div className="grid gap-8">
        <Messages />
        <Checking />
        <Answering />
        <Events />
      </div>
    </article>
  );
}

function Messages() {
  return (
    <DocsSection id="messages" title="What arrives">
      <p className={TEXT}>
        Each event is one POST, in the form of{" "}
        <a href="https://www.standardwebhooks.com" className={LINK}>
          Standard Webhooks
        </a>
        . <Code>data</Code> is the contact, email, campaign or key as it was right after the change
        (here shortened). <Code>changed_by</Code> is the key or member who changed it, so a tool can
        pass over its own changes; it is null when contacts did it themselves.
      </p>
      <CodeBlock code={MESSAGE} label="a message" />
    </DocsSection>
  );
}

function Checking() {
  return (
    <DocsSection id="check" title="Check the signature">
      <p className={TEXT}>
        Anybody can send something to your URL. Check each message with the signing secret that{" "}
        <Link href="/settings/webhooks" className={LINK}>
          Webhooks
        </Link>{" "}
        showed you, before you read it. The library <Code>standardwebhooks</Code> is there for
        JavaScript, Python, Go, Ruby, PHP, Java, Rust and others:
      </p>
      <CodeBlock code={RECEIVER} label="a receiver in JavaScript" />
      <p className={TEXT}>
        The signature covers the bytes of the body, so check before you parse. After a rotation,
        both secrets sign for {OVERLAP_HOURS} hours: <Code>webhook-signature</Code> has two
        signatures then, and the library accepts either.
      </p>
    </DocsSection>
  );
}

function Answering() {
  return (
    <DocsSection id="answer" title="Answer within ten seconds">
      <ul className={`grid list-disc gap-1 pl-5 ${TEXT}`}>
        <li>
          Any 2xx says that you have the message. Store it first and work on it afterwards.
          Everything else, a redirect as well, says that you have not.
        </li>
        <li>
          Postern tries again after 5 seconds, then less and less often for 3 days. The{" "}
          <Code>webhook-id</Code> stays the same: a message may come twice, so drop an id that you
          have.
        </li>
        <li>
          Events of one contact, email, campaign, key or finding come in the order in which they
          happened. A later one waits for the one before it. Those of different ones may overtake
          each other.
        </li>
        <li>
          When nothing arrives for 3 days, or you answer 410, the webhook is switched off and owners
          and admins are told. Events that happen while it is off are not sent.
        </li>
        <li>
          The log keeps deliveries for {DELIVERIES_KEPT_DAYS} days, and “Send again” sends one of
          them again. What speaks of a contact goes when the contact is deleted, also when it was
          not sent yet: <Code>contact.deleted</Code> has only the id.
        </li>
        <li>
          Messages go to the open internet by <Code>https://</Code>. Whoever runs Postern can allow
          hosts inside a private network by <Code>WEBHOOK_ALLOWED_HOSTS</Code>.
        </li>
      </ul>
    </DocsSection>
  );
}

function Events() {
  return (
    <DocsSection id="events" title="All events">
      {EVENT_GROUPS.map(({ label, events }) => (
        <section key={label}>
          <h3 className="mb-1 font-medium">{label}</h3>
          <ul className="grid gap-0.5">
            {events.map(({ type, happens }) => (
              <li key={type}>
                <Code>{type}</Code>: {happens}.
              </li>
            ))}
          </ul>
        </section>
      ))}
      <p>
        A finding says which by its <Code>kind</Code>:{" "}
        {FINDING_KINDS.map((kind, place) => (
          <Fragment key={kind}>
            {place > 0 && ", "}
            <Code>{kind}</Code> ({KIND_NAMES[kind]})
          </Fragment>
        ))}
        . The page of the finding is at its <Code>path</Code>.
      </p>
    </DocsSection>
  );
}
