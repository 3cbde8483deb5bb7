"use client";

import { Bookmark } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { onDemand, useOnDemand } from "@/components/ui/on-demand";
import type { ActivityQuery } from "@/lib/access/activity/schema";
import type { SavedView } from "@/lib/access/activity/views/saved-views";

const dialog = onDemand(() => import("./saved-views-dialog"));

type SavedViewsProps = { views: readonly SavedView[]; query: ActivityQuery };

/** Opens the member's saved views. */
export function SavedViews(props: SavedViewsProps) {
  const [isOpen, setOpen] = useState(false);
  const parts = useOnDemand(dialog, isOpen);
  return (
    <>
      <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Bookmark aria-hidden />
        Saved views
      </Button>
      {isOpen && parts && <parts.SavedViewsDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}
