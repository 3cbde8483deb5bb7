import { Lock } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

type NotAllowedProps = {
  /** Who may, and what: "Only admins and owners can set up sending". */
  title: string;
  /** What the visitor may see instead. */
  instead: { href: string; label: string };
};

/**
 * Stands on a page that everybody knows there is, for those who may not use it. What has an id and may not
 * be seen is not found instead: that it exists is told to nobody.
 */
export function NotAllowed({ title, instead }: NotAllowedProps) {
  return (
    <EmptyState
      icon={Lock}
      title={title}
      action={
        <>
          <Button asChild>
            <Link href={instead.href}>{instead.label}</Link>
          </Button>
          <Button asChild>
            <Link href="/settings/members">See who can help</Link>
          </Button>
        </>
      }
    >
      An admin or owner of your workspace can give you another role.
    </EmptyState>
  );
}
