"use client";

import { Download } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import type { ExportFormat } from "@/lib/platform/export/format";
import { Button } from "./button";
import { DropdownMenu, DropdownMenuContent, DropdownMenuTrigger } from "./dropdown-menu";

const FORMATS: Record<ExportFormat, string> = {
  csv: "CSV, for spreadsheets",
  ndjson: "NDJSON, for programs",
};

type ExportMenuProps = {
  /** The menu item that downloads the list in a format, with `words` as its text. */
  children: (format: ExportFormat, words: string) => ReactNode;
};

/** Downloads a list in a format that people choose. */
export function ExportMenu({ children }: ExportMenuProps) {
  const formats = Object.entries(FORMATS) as [ExportFormat, string][];
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button>
          <Download aria-hidden />
          Export
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        {formats.map(([format, words]) => (
          <Fragment key={format}>{children(format, words)}</Fragment>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
