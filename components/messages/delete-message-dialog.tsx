import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { DangerDialog } from "@/components/ui/danger-dialog";
import { toast } from "@/components/ui/toast";
import type { Result } from "@/lib/platform/result";

type DeleteMessageDialogProps = {
  name: string;
  /** The kind of message: "draft" or "template". */
  kind: string;
  /** What deleting it breaks. */
  children: string;
  remove: () => Promise<Result<unknown, string>>;
  /** The list it was in. */
  listHref: string;
};

/** Deletes what its page shows, after saying what breaks, and leads back to the list. */
export function DeleteMessageDialog(props: DeleteMessageDialogProps): ReactNode {
  const { name, kind, children, remove, listHref } = props;
  const router = useRouter();
  return (
    <DangerDialog
      trigger={
        <Button variant="danger">
          <Trash2 aria-hidden />
          Delete
        </Button>
      }
      title={`Delete ${kind}`}
      description={<bdi>{name}</bdi>}
      action={`Delete ${kind}`}
      work={remove}
      onDone={() => {
        toast(`${name} deleted`);
        router.replace(listHref);
      }}
    >
      <p className="text-ink-2">{children}</p>
    </DangerDialog>
  );
}
