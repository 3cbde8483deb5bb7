"use client";

import { UsersRound } from "lucide-react";
import { useEffect, useState } from "react";
import type { MemberCount } from "@/lib/mail/audiences/member-counts";
import { audienceRule } from "@/lib/mail/audiences/schema";
import type { AudienceActions } from "./audience-actions";
import { countInWords } from "./count-words";

const TYPING_PAUSE_MS = 400;

type LiveCountProps = {
  /** The rule as written so far. It is counted once it is valid. */
  draft: unknown;
  environment: "live" | "test";
  count: AudienceActions["count"];
};

type Counted = { rule: string; said: MemberCount | null | "failed" };

/** How many contacts the rule means, as it is written. */
export function LiveCount({ draft, environment, count }: LiveCountProps) {
  const [counted, setCounted] = useState<Counted>();
  const rule = audienceRule.safeParse(draft);
  const asked = rule.success ? JSON.stringify(rule.data) : null;

  useEffect(() => {
    if (asked === null) return;
    let stale = false;
    const timer = setTimeout(async () => {
      const found = await count({ environment, rule: JSON.parse(asked) }).catch(() => null);
      if (!stale) setCounted({ rule: asked, said: found?.ok ? found.value : "failed" });
    }, TYPING_PAUSE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [asked, environment, count]);

  return (
    <p role="status" className="flex items-center gap-2 text-ink-2 text-sm">
      <UsersRound aria-hidden className="size-4 text-ink-3" />
      {words(asked, counted)}
    </p>
  );
}

function words(asked: string | null, counted: Counted | undefined): string {
  if (asked === null) return "Fill in the conditions to count the contacts they match.";
  if (counted?.rule !== asked) return "Counting…";
  if (counted.said === "failed") return "Counting failed. You can still save.";
  const now = countInWords(counted.said);
  return `${now.charAt(0).toUpperCase()}${now.slice(1)} now`;
}
