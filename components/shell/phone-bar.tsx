"use client";

import { Menu } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import type { NavGroup } from "./nav";
import { type NavIcons, NavList } from "./nav-list";

type PhoneBarProps = {
  workspace: ReactNode;
  groups: readonly NavGroup[];
  icons: NavIcons;
  account: ReactNode;
};

/** The sidebar's stand-in on narrow screens. */
export function PhoneBar({ workspace, groups, icons, account }: PhoneBarProps) {
  const [open, setOpen] = useState(false);
  return (
    <header className="flex h-[53px] items-center justify-between gap-2 border-line border-b bg-bg px-4 md:hidden">
      <div className="min-w-0">{workspace}</div>
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogTrigger>
          <Button variant="ghost" size="icon" aria-label="Menu">
            <Menu aria-hidden />
          </Button>
        </DialogTrigger>
        <DialogContent title="Menu" className="mt-0">
          <NavList groups={groups} icons={icons} onNavigate={() => setOpen(false)} />
          <div className="mt-3 border-line border-t pt-2">{account}</div>
        </DialogContent>
      </Dialog>
    </header>
  );
}
