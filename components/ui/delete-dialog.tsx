import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import type { Result } from "@/lib/platform/result";
import { Button } from "./button";
import { DangerDialog } from "./danger-dialog";
import { toast } from "./toast";

type DeleteDialogProps = {
  name: string;
  /** The kind of thing, such as "draft" or "contact". */
  kind: string;
  /** What deleting it breaks. */
  children: ReactNode;
  remove: () => Promise<Result<unknown, string>>;
  /** The list it was in. */
  listHref: string;
};

/** Deletes what its page shows, after saying what breaks, and leads back to the list. */
export function DeleteDialog(props: DeleteDialogProps): ReactNode {
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
      <div className="text-ink-2">{children}</div>
    </DangerDialog>
  );
}
