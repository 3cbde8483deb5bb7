"use client";

import { Command } from "cmdk";
import {
  CircleUserRound,
  Keyboard,
  KeyRound,
  LogOut,
  Moon,
  MousePointerClick,
  Plus,
  ScanSearch,
  Search,
  Sun,
} from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { WhoseKeyDialog } from "@/components/key-lookup/whose-key-dialog";
import { Tag } from "@/components/ui/badge";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { useEnvironmentSeen } from "@/components/ui/environment-seen";
import { leave } from "@/components/ui/leaving";
import { type Destination, hrefIn } from "./destination";
import type { Creation, NavGroup } from "./nav";
import { NAV_ICONS } from "./nav-icons";
import { pageActions } from "./page-actions";
import { leaveConsole } from "./sign-out";
import { applyTheme } from "./theme";
import { useFoundKeys } from "./use-found-keys";

/** The action as the Security page names it too. */
const WHOSE_KEY = "Whose key is this?";

type CommandPaletteProps = {
  open: boolean;
  onClose: () => void;
  onHelp: () => void;
  groups: readonly NavGroup[];
  creations: readonly Creation[];
};

/** Reaches every page, key and action by typing. */
export function CommandPalette(props: CommandPaletteProps) {
  const [asksWhose, setAsksWhose] = useState(false);
  return (
    <>
      <Dialog open={props.open} onOpenChange={props.onClose}>
        <DialogContent
          title={<span className="sr-only">Go to a page, key or action</span>}
          closing="quiet"
          className="mt-[12vh] mb-auto p-0 max-md:mt-4 max-md:p-0"
        >
          <Palette {...props} onWhose={() => setAsksWhose(true)} />
        </DialogContent>
      </Dialog>
      {asksWhose && <WhoseKeyDialog onClose={() => setAsksWhose(false)} />}
    </>
  );
}

type PaletteProps = CommandPaletteProps & { onWhose: () => void };

function Palette({ onClose, onHelp, onWhose, groups, creations }: PaletteProps) {
  const router = useRouter();
  const [search, setSearch] = useState("");
  const environment = useEnvironmentSeen();
  const go = (place: Destination) => () => {
    onClose();
    leave(() => router.push(hrefIn(environment, place)));
  };
  const act = (action: () => Promise<void> | void) => () => {
    onClose();
    void action();
  };
  return (
    <Command label="Go to a page, key or action" loop className="-mt-4">
      <div className="flex items-center gap-2 border-line border-b px-4">
        <Search aria-hidden className="size-4 text-ink-3" />
        <Command.Input
          value={search}
          onValueChange={setSearch}
          placeholder="Search pages, keys and actions"
          className="h-12 flex-1 bg-transparent text-base outline-none max-md:text-lg"
        />
      </div>
      <Command.List className="max-h-[min(420px,60vh)] overflow-y-auto p-2 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-ink-3 [&_[cmdk-group-heading]]:text-xs">
        <Command.Empty className="p-4 text-center text-ink-2">Nothing found</Command.Empty>
        <Command.Group heading="Pages">
          {groups.flatMap((group) =>
            group.items.map((item) => {
              const { href, label, icon } = item;
              const Icon = NAV_ICONS[icon];
              return (
                <Item key={href} value={label} icon={<Icon aria-hidden />} onSelect={go(item)}>
                  {label}
                </Item>
              );
            }),
          )}
          <Item
            value="Account"
            icon={<CircleUserRound aria-hidden />}
            onSelect={go({ href: "/settings/account" })}
          >
            Account
          </Item>
        </Command.Group>
        <PageActionItems known={[WHOSE_KEY, ...labelsOf(creations)]} onClose={onClose} />
        <Command.Group heading="Actions">
          {creations.map((creation) => (
            <Item
              key={creation.href}
              value={creation.label}
              icon={<Plus aria-hidden />}
              onSelect={go(creation)}
            >
              {creation.label}
            </Item>
          ))}
          <Item value={WHOSE_KEY} icon={<ScanSearch aria-hidden />} onSelect={act(onWhose)}>
            {WHOSE_KEY}
          </Item>
          <Item
            value="Light theme"
            icon={<Sun aria-hidden />}
            onSelect={act(() => applyTheme("light"))}
          >
            Light theme
          </Item>
          <Item
            value="Dark theme"
            icon={<Moon aria-hidden />}
            onSelect={act(() => applyTheme("dark"))}
          >
            Dark theme
          </Item>
          <Item value="Keyboard shortcuts" icon={<Keyboard aria-hidden />} onSelect={onHelp}>
            Keyboard shortcuts
          </Item>
          <Item value="Sign out" icon={<LogOut aria-hidden />} onSelect={act(leaveConsole)}>
            Sign out
          </Item>
        </Command.Group>
        <KeyItems search={search} go={go} />
      </Command.List>
    </Command>
  );
}

function labelsOf(creations: readonly Creation[]): string[] {
  return creations.map(({ label }) => label);
}

type PageActionItemsProps = { known: readonly string[]; onClose: () => void };

/**
 * The actions beside the title of the page below, such as rotating its key. The palette lists the `known` ones
 * itself.
 */
function PageActionItems({ known, onClose }: PageActionItemsProps) {
  const [found] = useState(pageActions);
  const actions = found.filter(({ label }) => !known.includes(label));
  if (actions.length === 0) return null;
  return (
    <Command.Group heading="On this page">
      {actions.map(({ label, press }) => (
        <Item
          key={label}
          value={`${label} here`}
          icon={<MousePointerClick aria-hidden />}
          onSelect={() => {
            onClose();
            // The palette gives the focus back as it closes; the action then moves it on.
            setTimeout(press);
          }}
        >
          {label}
        </Item>
      ))}
    </Command.Group>
  );
}

function KeyItems({ search, go }: { search: string; go: (place: Destination) => () => void }) {
  const keys = useFoundKeys(search);
  if (keys.length === 0) return null;
  return (
    <Command.Group heading="API keys">
      {keys.map((key) => (
        <Item
          key={key.id}
          value={key.id}
          keywords={[key.name, key.hint, key.ownerName]}
          icon={<KeyRound aria-hidden />}
          onSelect={go({ href: `/settings/api-keys/${key.id}` })}
        >
          <bdi className="truncate">{key.name}</bdi>
          {key.environment === "test" && <Tag line="dashed">Test</Tag>}
          <span className="ml-auto shrink-0 font-mono text-ink-3 text-xs">{key.hint}</span>
        </Item>
      ))}
    </Command.Group>
  );
}

type ItemProps = {
  value: string;
  keywords?: string[];
  icon: ReactNode;
  onSelect: () => void;
  children: ReactNode;
};

function Item({ icon, children, ...rest }: ItemProps) {
  return (
    <Command.Item
      {...rest}
      className="flex cursor-default items-center gap-2.5 rounded-sm px-2 py-2 data-[selected=true]:bg-bg-sunken max-md:py-2.5 [&_svg]:size-4 [&_svg]:text-ink-3"
    >
      {icon}
      {children}
    </Command.Item>
  );
}
