"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import type { SentDamage } from "@/lib/access/damage/terms/schema";
import { ComparedContacts } from "./compared-contacts";

/** Shows the values that contacts had before a key changed them, beside those they have now. */
export function CompareButton({ damage }: { damage: SentDamage }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger>
        <Button>Compare</Button>
      </DialogTrigger>
      <DialogContent
        title="Compare contacts"
        description="What each had before, and what it has now."
        className="max-w-[760px]"
      >
        <ComparedContacts damage={damage} />
      </DialogContent>
    </Dialog>
  );
}
