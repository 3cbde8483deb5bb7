import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import type { ActivityRow } from "@/lib/access/activity/schema";

/** The head of an opened call, beside the list or over it. */
export function PanelHead({ children, close }: { children: ReactNode; close: ReactNode }) {
  return (
    <header className="flex items-center gap-2 border-line border-b px-4 py-3.5">
      <div className="min-w-0 flex-1">{children}</div>
      {close}
    </header>
  );
}

export function CloseButton(props: { onClick?: () => void }) {
  return (
    <Button variant="ghost" size="icon" aria-label="Close" {...props}>
      <X aria-hidden />
    </Button>
  );
}

export function titleOf(row: ActivityRow): string {
  return `${row.method} ${row.path}`;
}
