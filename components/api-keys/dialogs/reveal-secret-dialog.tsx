"use client";

import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { onDemand, useOnDemand } from "@/components/ui/on-demand";
import { SecretBox } from "@/components/ui/secret-box";
import { FirstCallLine } from "./first-call-line";
import { useUnstoredSecret } from "./use-unstored-secret";

const snippetsPart = onDemand(() => import("./secret-snippets"));

type RevealSecretDialogProps = {
  name: string;
  keyId: string;
  /** Keep it in the state of one component only, and drop that state in `onStored`. */
  secret: string;
  /** Where the next steps are, for a key that nothing uses yet. */
  quickStart?: string;
  onStored: () => void;
};

/** Shows a new secret, once. It closes only by saying that the secret is stored; Back and reload ask first. */
export function RevealSecretDialog(props: RevealSecretDialogProps) {
  const { name, keyId, secret, quickStart, onStored } = props;
  const { held, left, store } = useUnstoredSecret(onStored);
  const snippets = useOnDemand(snippetsPart, true);
  if (left) return null;
  return (
    <Dialog open>
      <DialogContent
        closing="answer"
        title="Copy your API key"
        description="It is shown only once. Put it in your tool or a password manager, never in an email or a chat."
        className="max-w-[600px]"
      >
        <div className="grid min-w-0 gap-3.5">
          <SecretBox label="API key" secret={secret} />
          {held && (
            <Notice tone="warn" role="alert">
              Store the key first: it can't be shown again.
            </Notice>
          )}
          {snippets && <snippets.SecretSnippets />}
          {quickStart && <NextSteps address={quickStart} />}
          <FirstCallLine
            keyId={keyId}
            name={name}
            advice="Run the snippet or press “Test connection” in your tool. You can close this: the key's page shows the first call too."
          />
        </div>
        <DialogFooter className="justify-between">
          <p className="text-ink-2 text-xs">Lost it later? Rotate the key to get a new secret.</p>
          <Button variant="primary" size="lg" onClick={store} className="max-md:w-full">
            I have stored it
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

/** In another tab: this one shows the secret, and only once. */
function NextSteps({ address }: { address: string }) {
  return (
    <p className="text-ink-2 text-sm">
      Next steps:{" "}
      <a
        href={address}
        target="_blank"
        rel="noreferrer"
        className="inline-flex items-center text-ink underline underline-offset-3 max-md:min-h-10"
      >
        Quick start (opens a new tab)
      </a>
    </p>
  );
}
