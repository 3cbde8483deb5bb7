import type { ReactNode } from "react";
import { Button } from "./button";
import { DialogClose, DialogFooter } from "./dialog";
import { Notice } from "./notice";

type DialogEndProps = {
  /** The reason for which the dialog's action failed. */
  problem: string | null | undefined;
  /** The words of the button that closes the dialog. */
  back?: string;
  /** Whether it stands in a grid, whose gaps keep it apart. */
  inGrid?: boolean;
  /** The button that acts. */
  children: ReactNode;
};

/** The end of a dialog: what went wrong, a way back, and the button that acts. */
export function DialogEnd({ problem, back = "Cancel", inGrid = false, children }: DialogEndProps) {
  return (
    <>
      {problem && (
        <Notice tone="bad" role="alert" {...(inGrid ? {} : { className: "mt-3" })}>
          {problem}
        </Notice>
      )}
      <DialogFooter {...(inGrid ? { className: "mt-2" } : {})}>
        <DialogClose>
          <Button>{back}</Button>
        </DialogClose>
        {children}
      </DialogFooter>
    </>
  );
}
