"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DisclosureSummary } from "@/components/ui/disclosure-summary";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import type { Preview } from "@/lib/mail/campaigns/preview";
import { CONTACT_SEARCH_MAX } from "@/lib/mail/contacts/limits";
import type { Environment } from "@/prisma/generated/enums";
import type { MessageParts } from "./message-fields";
import { MessageFrame } from "./message-frame";
import { TestEmail } from "./test-email";
import { type PreviewSource, UNREACHABLE, usePreview } from "./use-preview";

type MessagePreviewProps = {
  message: MessageParts;
  environment: Environment;
  /** The sender: a campaign to an audience, or keys one by one. */
  sentBy: PreviewSource["sentBy"];
  /** The audience whose contacts it is shown for; empty for all. */
  audienceId: string;
  /** The sender, the recipient and the reply address of a test. */
  test?: { from: string; replyTo: string; to: string } | undefined;
};

const TABS = [
  { value: "html", label: "HTML" },
  { value: "text", label: "Text" },
] as const;

type Tab = (typeof TABS)[number]["value"];

/** The message as one person would get it, while it is written. */
export function MessagePreview({ message, test, ...place }: MessagePreviewProps) {
  const [search, setSearch] = useState("");
  const [tab, setTab] = useState<Tab>("html");
  const source = { ...message, ...place, search };
  const { shown, failure, pending, retry } = usePreview(source);
  return (
    <Card aria-label="Preview" aria-busy={pending}>
      <CardHeader title="Preview">
        <Segmented label="Show" value={tab} onValueChange={setTab} options={TABS} />
      </CardHeader>
      <CardBody className="grid gap-3">
        <Field
          label="Preview for"
          hint="The first contact whose email or name starts with what you type."
        >
          {(control) => (
            <Input
              {...control}
              placeholder="Any contact"
              maxLength={CONTACT_SEARCH_MAX}
              value={search}
              onChange={(event) => setSearch(event.target.value)}
              autoComplete="off"
            />
          )}
        </Field>
        {failure && (
          <Notice
            tone="bad"
            role="status"
            className="items-center"
            action={
              failure.code === UNREACHABLE && (
                <Button pending={pending} onClick={retry}>
                  Try again
                </Button>
              )
            }
          >
            {failure.message}
          </Notice>
        )}
        {!shown && !failure && <Skeleton className="h-96" />}
        {shown && !failure && <Shown preview={shown} tab={tab} />}
        {test && <TestEmail source={source} {...test} />}
        {shown && <Variables names={shown.variables} />}
      </CardBody>
    </Card>
  );
}

function Shown({ preview, tab }: { preview: Preview; tab: Tab }) {
  const { message, contactEmail, sampled } = preview;
  return (
    <>
      <p className="text-ink-2 text-xs">
        {contactEmail ? (
          <>
            As <bdi>{contactEmail}</bdi> gets it
          </>
        ) : (
          "As a contact named Ada would get it: no contact was found"
        )}
      </p>
      {sampled.length > 0 && (
        <p className="break-words text-ink-2 text-xs">
          Your tools fill in what is in brackets:{" "}
          <code className="font-mono">{sampled.toSorted().join(", ")}</code>
        </p>
      )}
      <p className="break-words font-semibold">
        <bdi>{message.subject || "No subject"}</bdi>
      </p>
      {tab === "html" ? (
        <Html html={message.html} />
      ) : (
        <pre className="max-h-96 overflow-auto whitespace-pre-wrap rounded-md border border-line bg-bg-subtle p-3 text-xs">
          {message.text || "No plain text"}
        </pre>
      )}
    </>
  );
}

/** Mail is read on white, in dark too; where there is no mail yet there is no white square either. */
function Html({ html }: { html: string }) {
  if (html.trim()) return <MessageFrame html={html} />;
  return (
    <p className="grid h-96 place-items-center rounded-md border border-line-strong border-dashed text-ink-2">
      Nothing written yet
    </p>
  );
}

function Variables({ names }: { names: readonly string[] }) {
  return (
    <details className="group text-xs">
      <DisclosureSummary>Available variables</DisclosureSummary>
      <ul className="mt-2 grid gap-1 rounded-md border border-line bg-bg-subtle p-3 font-mono">
        {names.map((name) => (
          <li key={name} className="break-all">{`{{ ${name} }}`}</li>
        ))}
      </ul>
      <p className="mt-2 text-ink-2">
        Add a fallback for values that some contacts lack:{" "}
        <code className="font-mono">{'{{ contact.first_name | default: "there" }}'}</code>
      </p>
    </details>
  );
}
