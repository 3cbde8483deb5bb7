"use client";

import { UsersRound } from "lucide-react";
import { useEffect, useState } from "react";
import { countRuleAction } from "@/lib/mail/audiences/actions";
import type { ContactCount } from "@/lib/mail/audiences/contact-counts";
import { countInWords } from "./count-words";

const TYPING_PAUSE_MS = 400;

type LiveCountProps = {
  /** The rule as written so far. It is counted once the server finds it whole. */
  draft: unknown;
  environment: "live" | "test";
};

type Counted = { rule: string; said: ContactCount | null | "unfinished" | "failed" };

/** How many contacts the rule means, as it is written. */
export function LiveCount({ draft, environment }: LiveCountProps) {
  const [counted, setCounted] = useState<Counted>();
  const asked = JSON.stringify(draft);

  useEffect(() => {
    let stale = false;
    const timer = setTimeout(async () => {
      const found = await countRuleAction({ environment, rule: JSON.parse(asked) }).catch(
        () => null,
      );
      if (!stale) setCounted({ rule: asked, said: outcomeOf(found) });
    }, TYPING_PAUSE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [asked, environment]);

  return (
    <p role="status" className="flex items-center gap-2 text-ink-2 text-sm">
      <UsersRound aria-hidden className="size-4 text-ink-3" />
      {words(asked, counted)}
    </p>
  );
}

function outcomeOf(found: Awaited<ReturnType<typeof countRuleAction>> | null): Counted["said"] {
  if (found?.ok) return found.value;
  return found?.code === "validation_error" ? "unfinished" : "failed";
}

function words(asked: string, counted: Counted | undefined): string {
  if (counted?.rule !== asked) return "Counting…";
  if (counted.said === "unfinished")
    return "Fill in the conditions to count the contacts they match.";
  if (counted.said === "failed") return "Counting failed. You can still save.";
  const now = countInWords(counted.said);
  return `${now.charAt(0).toUpperCase()}${now.slice(1)} now`;
}
