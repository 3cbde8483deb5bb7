"use client";

import { DropdownMenuItem } from "@/components/ui/dropdown-menu";
import { ExportMenu } from "@/components/ui/export-menu";
import type { ActivityQuery } from "@/lib/access/activity/schema";
import { exportUrl } from "./activity-url";

/** Downloads everything the filters find. */
export function ExportActivity({ query }: { query: ActivityQuery }) {
  return (
    <ExportMenu>
      {(format, words) => (
        <DropdownMenuItem asChild>
          <a href={exportUrl(query, format)} download>
            {words}
          </a>
        </DropdownMenuItem>
      )}
    </ExportMenu>
  );
}
