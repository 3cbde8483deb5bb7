import { Lock } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";

type NotAllowedProps = {
  /** The roles that may, and the thing they may: "Only admins and owners can set up sending". */
  title: string;
  /** A link to a page that the visitor may see instead. */
  instead: { href: string; label: string };
};

/**
 * Stands in for a page of the console that the visitor may not use. A thing with an id that they may not see is
 * not found instead, so that nobody learns that it exists.
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
