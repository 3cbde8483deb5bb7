"use client";

import { downloadWhenConfirmed } from "@/components/account/download-when-confirmed";
import { DropdownMenuItem } from "@/components/ui/dropdown-menu";
import { ExportMenu } from "@/components/ui/export-menu";
import type { ActivityQuery } from "@/lib/access/activity/schema";
import type { ExportFormat } from "@/lib/platform/export/format";
import { exportUrl } from "./activity-url";

/** Downloads everything the filters find. */
export function ExportActivity({ query }: { query: ActivityQuery }) {
  // The answer is a file, so the page stays.
  const start = (format: ExportFormat) => window.location.assign(exportUrl(query, format));

  return (
    <ExportMenu>
      {(format, words) => (
        <DropdownMenuItem onSelect={() => void downloadWhenConfirmed(() => start(format))}>
          {words}
        </DropdownMenuItem>
      )}
    </ExportMenu>
  );
}
