"use client";

import { useEffect, useState } from "react";
import { SearchField } from "@/components/ui/search-field";
import { MAX_SEARCH_LENGTH } from "@/lib/activity/schema";

const TYPING_PAUSE_MS = 300;

type ActivitySearchProps = { search: string; onSearch: (search: string) => void };

/** The search box. It searches when typing pauses, and follows Back and links that change the address. */
export function ActivitySearch({ search, onSearch }: ActivitySearchProps) {
  const [text, setText] = useState(search);
  const [sent, setSent] = useState(search);
  const [shown, setShown] = useState(search);
  if (shown !== search) {
    setShown(search);
    if (search !== sent.trim()) {
      setText(search);
      setSent(search);
    }
  }

  useEffect(() => {
    if (text === sent) return;
    const timer = setTimeout(() => {
      setSent(text);
      onSearch(text.trim());
    }, TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, sent, onSearch]);

  return (
    <SearchField
      label="Search"
      placeholder="Path, address, request id"
      maxLength={MAX_SEARCH_LENGTH}
      value={text}
      onChange={(event) => setText(event.target.value)}
      className="min-w-44 md:max-w-60"
    />
  );
}
