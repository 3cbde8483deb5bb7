"use client";

import { useId } from "react";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Switch } from "@/components/ui/switch";
import { useSingleKeys } from "./single-keys";

type ShortcutsHelpProps = { open: boolean; onClose: () => void; canCreate: boolean };

/** The list of shortcuts, and the switch that turns single keys off. */
export function ShortcutsHelp({ open, onClose, canCreate }: ShortcutsHelpProps) {
  const id = useId();
  const [singleKeys, setSingleKeys] = useSingleKeys();
  return (
    <Dialog open={open} onOpenChange={onClose}>
      <DialogContent title="Keyboard shortcuts">
        <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-2.5">
          <Line keys={["⌘ K", "Ctrl K"]}>Go to any page, key or action</Line>
          <Line keys={["/"]}>Search this page</Line>
          {canCreate && <Line keys={["C"]}>Create what the page lists, or an API key</Line>}
          <Line keys={["↑", "↓"]}>Move through a list</Line>
          <Line keys={["Enter"]}>Open what is chosen</Line>
          <Line keys={["Esc"]}>Close what is open</Line>
          <Line keys={["?"]}>Show this list</Line>
        </dl>
        <div className="mt-4 flex items-center gap-3 border-line border-t pt-4">
          <Switch
            id={id}
            checked={singleKeys === "on"}
            onCheckedChange={(on) => setSingleKeys(on ? "on" : "off")}
          />
          <label htmlFor={id}>
            Single-key shortcuts{" "}
            <span className="block text-ink-2 text-xs">
              Turn them off if you use voice control. ⌘ K and Ctrl K keep working.
            </span>
          </label>
        </div>
      </DialogContent>
    </Dialog>
  );
}

function Line({ keys, children }: { keys: readonly string[]; children: string }) {
  return (
    <>
      <dt>{children}</dt>
      <dd className="flex gap-1.5 text-ink-2">
        {keys.map((key) => (
          <kbd
            key={key}
            className="min-w-6 rounded-xs border border-line-strong bg-bg-subtle px-1.5 text-center font-medium font-sans text-xs leading-5"
          >
            {key}
          </kbd>
        ))}
      </dd>
    </>
  );
}
