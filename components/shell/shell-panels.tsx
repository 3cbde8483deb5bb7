"use client";

import { usePathname, useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { useEnvironmentSeen } from "@/components/ui/environment-seen";
import { leave } from "@/components/ui/leaving";
import { onDemand, useOnDemand } from "@/components/ui/on-demand";
import { creationAt, hrefIn } from "./destination";
import type { Creation, NavGroup } from "./nav";
import { placeOf, type Shortcut, shortcutOf } from "./shortcuts";
import { useSingleKeys } from "./single-keys";

const palettePart = onDemand(() => import("./command-palette"));
const helpPart = onDemand(() => import("./shortcuts-help"));

type Panel = "palette" | "help";

const OpenPanel = createContext<(panel: Panel) => void>(() => {});

/** Opens the palette or the keyboard help from anywhere in the console. */
export function useOpenPanel(): (panel: Panel) => void {
  return useContext(OpenPanel);
}

type ShellPanelsProps = {
  groups: readonly NavGroup[];
  /** The things that can be created here. */
  creations: readonly Creation[];
  children: ReactNode;
};

/** Listens for shortcuts, and holds what they open. */
export function ShellPanels({ groups, creations, children }: ShellPanelsProps) {
  const router = useRouter();
  const [singleKeys] = useSingleKeys();
  const [panel, setPanel] = useState<Panel | null>(null);
  const palette = useOnDemand(palettePart, panel === "palette");
  const help = useOnDemand(helpPart, panel === "help");
  const close = () => setPanel(null);
  const environment = useEnvironmentSeen();
  const creation = creationAt(usePathname(), creations);
  const createHref = creation && hrefIn(environment, creation);

  useEffect(() => {
    // Each answers whether it found something to do. If not, the key keeps its meaning in the browser.
    const acts: Record<Shortcut, () => boolean> = {
      palette: () => show("palette"),
      help: () => show("help"),
      search: focusSearch,
      create: () => createHref !== null && go(createHref),
      "next-row": () => focusRow(1),
      "previous-row": () => focusRow(-1),
    };
    function show(next: Panel) {
      setPanel(next);
      return true;
    }
    function go(href: string) {
      leave(() => router.push(href));
      return true;
    }
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented) return;
      const shortcut = shortcutOf(event, placeOf(document.activeElement), singleKeys);
      if (shortcut && acts[shortcut]()) event.preventDefault();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [router, createHref, singleKeys]);

  return (
    <OpenPanel value={setPanel}>
      {children}
      {palette && (
        <palette.CommandPalette
          open={panel === "palette"}
          onClose={close}
          onHelp={() => setPanel("help")}
          groups={groups}
          creations={creations}
        />
      )}
      {help && (
        <help.ShortcutsHelp
          open={panel === "help"}
          onClose={close}
          canCreate={createHref !== null}
        />
      )}
    </OpenPanel>
  );
}

function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>("main input[data-search]");
  field?.focus();
  field?.select();
  return field !== null;
}

function focusRow(step: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>("main [data-row-link]")];
  const focused = rows.indexOf(document.activeElement as HTMLElement);
  const next = rows[focused + step];
  next?.focus();
  return next !== undefined;
}
