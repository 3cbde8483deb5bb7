"use client";

import { useRef } from "react";
import { downloadWhenConfirmed } from "@/components/account/download-when-confirmed";
import { DropdownMenuItem } from "@/components/ui/dropdown-menu";
import { ExportMenu } from "@/components/ui/export-menu";
import type { AuditExportInput, AuditFilter } from "@/lib/access/audit-log/schema";

/** Downloads every event the filters find. A form posts it, since an export is recorded. */
export function ExportAuditLog({ filter }: { filter: AuditFilter }) {
  const form = useRef<HTMLFormElement>(null);
  const format = useRef<HTMLInputElement>(null);

  // Not a submit button in the menu: the menu closes and takes the button away before it would submit.
  function download(chosen: AuditExportInput["format"]) {
    if (!form.current || !format.current) return;
    format.current.value = chosen;
    form.current.submit();
  }

  return (
    <>
      <form ref={form} method="post" action="/settings/audit/export" hidden>
        <input ref={format} type="hidden" name="format" />
        {Object.entries(filter).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} readOnly />
        ))}
      </form>
      <ExportMenu>
        {(chosen, words) => (
          <DropdownMenuItem onSelect={() => void downloadWhenConfirmed(() => download(chosen))}>
            {words}
          </DropdownMenuItem>
        )}
      </ExportMenu>
    </>
  );
}
