import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { ConfirmIdentity } from "@/components/account/confirm-identity";
import { SendingPausedNotice } from "@/components/emails/sending-paused-notice";
import { WorkspaceSwitcher } from "@/components/members/workspace-switcher";
import { Bell } from "@/components/notices/bell";
import { AccountMenu } from "@/components/shell/account-menu";
import { creationsFor, navFor } from "@/components/shell/nav";
import { drawnIcons } from "@/components/shell/nav-drawn-icons";
import { NavList } from "@/components/shell/nav-list";
import { PhoneBar } from "@/components/shell/phone-bar";
import { ShellPanels } from "@/components/shell/shell-panels";
import { TimeTips } from "@/components/ui/time-tips";
import { Toaster } from "@/components/ui/toast";
import { countPressing } from "@/lib/access/findings/reading/read-findings";
import { isTold } from "@/lib/access/notices/notice-choice";
import { hasUnreadNotices } from "@/lib/access/notices/read-notices";
import { sendingPauseOf } from "@/lib/mail/emails/member-pause";
import { workspacesOf } from "@/lib/people/accounts/workspaces";
import { requireActor } from "@/lib/people/auth/session";
import { THEME_COOKIE, themeOf } from "@/lib/platform/theme";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor();
  const theme = themeOf((await cookies()).get(THEME_COOKIE)?.value);
  const groups = navFor(actor.role);
  const [pause, pressing, hasUnread, workspaces] = await Promise.all([
    sendingPauseOf(actor),
    countPressing(actor),
    hasUnreadNotices(actor),
    workspacesOf(actor),
  ]);
  const icons = drawnIcons({ pressing });
  const account = (
    <div className="flex items-center gap-1">
      <div className="min-w-0 flex-1">
        <AccountMenu name={actor.name} theme={theme} />
      </div>
      {isTold(actor) && <Bell hasUnread={hasUnread} />}
    </div>
  );
  const workspace = (
    <WorkspaceSwitcher
      current={{ id: actor.workspaceId, name: actor.workspaceName }}
      workspaces={workspaces}
    />
  );
  return (
    <ShellPanels groups={groups} creations={creationsFor(actor.role)}>
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 rounded-sm bg-surface px-3 py-2 font-medium text-sm shadow-floating not-focus:sr-only"
      >
        Skip to the content
      </a>
      <div className="min-h-dvh md:grid md:grid-cols-[228px_minmax(0,1fr)] print:block">
        <header className="border-line border-r bg-bg-subtle max-md:hidden">
          <div className="sticky top-0 flex h-dvh flex-col overflow-y-auto px-2 py-3">
            <div className="mb-3 px-2 py-1.5">{workspace}</div>
            <NavList groups={groups} icons={icons} />
            <div className="mt-auto pt-3">{account}</div>
          </div>
        </header>
        <PhoneBar workspace={workspace} groups={groups} icons={icons} account={account} />
        <main
          id="content"
          tabIndex={-1}
          className="w-full min-w-0 max-w-[1220px] px-9 pt-7 pb-12 outline-none max-md:px-4 max-md:pt-5 print:max-w-none print:p-0"
        >
          {pause && <SendingPausedNotice pause={pause} />}
          {children}
        </main>
      </div>
      <TimeTips />
      <Toaster />
      <ConfirmIdentity />
    </ShellPanels>
  );
}
