"use client";

import { Download } from "lucide-react";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { AuditExportInput, AuditFilter } from "@/lib/access/audit-log/schema";

/** Downloads the events that the filter shows, all of them. */
export function ExportMenu({ filter }: { filter: AuditFilter }) {
  const form = useRef<HTMLFormElement>(null);
  const format = useRef<HTMLInputElement>(null);

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
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button>
            <Download aria-hidden />
            Export
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem onSelect={() => download("csv")}>
            CSV, for a spreadsheet
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => download("ndjson")}>
            NDJSON, for a program
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
    </>
  );
}
