"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { SecretBox } from "@/components/ui/secret-box";
import { useUnstoredSecret } from "./use-unstored-secret";

type UnstoredSecretDialogProps = {
  title: string;
  description: string;
  /** The name of the secret. */
  label: string;
  /** Keep it in the state of one component only, and drop that state in `onStored`. */
  secret: string;
  /** Said when somebody presses Back. */
  warning: string;
  /** Said beside the button. */
  advice: string;
  /** The words of the button that closes the dialog. */
  done: string;
  onStored: () => void;
  children?: ReactNode;
};

/**
 * Shows a secret, once. It closes only by saying that the secret is stored; Back and reload ask first. A key's secret
 * has a dialog of its own, which weighs less on the page that makes keys.
 */
export function UnstoredSecretDialog(props: UnstoredSecretDialogProps) {
  const { title, description, label, secret, warning, advice, done, onStored, children } = props;
  const { held, left, store } = useUnstoredSecret(onStored);
  if (left) return null;
  return (
    <Dialog open>
      <DialogContent
        closing="answer"
        title={title}
        description={description}
        className="max-w-[600px]"
      >
        <div className="grid min-w-0 gap-3.5">
          <SecretBox label={label} secret={secret} />
          {held && (
            <Notice tone="warn" role="alert">
              {warning}
            </Notice>
          )}
          {children}
        </div>
        <DialogFooter className="justify-between">
          <p className="text-ink-2 text-xs">{advice}</p>
          <Button variant="primary" size="lg" onClick={store} className="max-md:w-full">
            {done}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
