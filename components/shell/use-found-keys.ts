import { useEffect, useState } from "react";
import { findKeysAction } from "@/lib/access/api-keys/actions";
import type { FoundKey } from "@/lib/access/api-keys/reading/find-keys";

const TYPING_PAUSE_MS = 150;

/** The keys that a search finds, a moment after the typing stops. */
export function useFoundKeys(search: string): readonly FoundKey[] {
  const [found, setFound] = useState<readonly FoundKey[]>([]);

  useEffect(() => {
    let outdated = false;
    const timer = setTimeout(
      async () => {
        // Without an answer the palette still reaches every page; the keys just do not show.
        const answer = await findKeysAction({ search }).catch(() => null);
        if (!outdated && answer?.ok) setFound(answer.value);
      },
      search ? TYPING_PAUSE_MS : 0,
    );
    return () => {
      outdated = true;
      clearTimeout(timer);
    };
  }, [search]);

  return found;
}
