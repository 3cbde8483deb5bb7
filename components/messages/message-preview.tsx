"use client";

import { useState } from "react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import { CONTACT_SEARCH_MAX } from "@/lib/contacts/schema";
import type { Environment } from "@/prisma/generated/enums";
import type { MessageParts } from "./message-fields";
import { MessageFrame } from "./message-frame";
import { usePreview } from "./use-preview";

type MessagePreviewProps = {
  message: MessageParts;
  environment: Environment;
  /** Whose contacts it is shown for; empty: all. */
  audienceId: string;
};

const VIEWS = [
  { value: "html", label: "HTML" },
  { value: "text", label: "Text" },
] as const;

/** The message as one person would get it, while it is written. */
export function MessagePreview({ message, environment, audienceId }: MessagePreviewProps) {
  const [search, setSearch] = useState("");
  const [view, setView] = useState<"html" | "text">("html");
  const { shown, failure, pending } = usePreview({ ...message, environment, audienceId, search });
  return (
    <Card aria-label="Preview" aria-busy={pending}>
      <CardHeader title="Preview">
        <Segmented label="Show" value={view} onValueChange={setView} options={VIEWS} />
      </CardHeader>
      <CardBody className="grid gap-3">
        <Input
          aria-label="Preview for"
          placeholder="Start of an email or name"
          maxLength={CONTACT_SEARCH_MAX}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        {failure && (
          <Notice tone="bad" role="status">
            {failure.message}
          </Notice>
        )}
        {!shown && !failure && <Skeleton className="h-96" />}
        {shown && (
          <>
            <p className="text-ink-2 text-xs">
              {shown.contactEmail ? (
                <>
                  As <bdi>{shown.contactEmail}</bdi> gets it
                </>
              ) : (
                "As somebody called Ada would get it: no contact was found"
              )}
            </p>
            <p className="break-words font-semibold">
              <bdi>{shown.message.subject || "No subject"}</bdi>
            </p>
            {view === "html" ? (
              <MessageFrame html={shown.message.html} />
            ) : (
              <pre className="max-h-96 overflow-auto whitespace-pre-wrap rounded-md border border-line bg-bg-subtle p-3 text-xs">
                {shown.message.text || "There is no plain text."}
              </pre>
            )}
            <Variables names={shown.variables} />
          </>
        )}
      </CardBody>
    </Card>
  );
}

function Variables({ names }: { names: readonly string[] }) {
  return (
    <details className="text-xs">
      <summary className="inline-block cursor-pointer rounded-xs text-ink-2 hover:text-ink max-md:py-2">
        What can be filled in
      </summary>
      <ul className="mt-2 grid gap-1 rounded-md border border-line bg-bg-subtle p-3 font-mono">
        {names.map((name) => (
          <li key={name} className="break-all">{`{{ ${name} }}`}</li>
        ))}
      </ul>
      <p className="mt-2 text-ink-2">
        What not everybody has needs a fallback:{" "}
        <code className="font-mono">{'{{ contact.first_name | default: "there" }}'}</code>
      </p>
    </details>
  );
}
