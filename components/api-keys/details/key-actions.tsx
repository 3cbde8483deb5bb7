"use client";

import { Ban, Pause, Pencil, Play, RefreshCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { resumeKeyAction } from "@/lib/access/api-keys/actions";
import type { KeyDetails, NewSecret } from "@/lib/access/api-keys/key/shown-key";
import type { Stakes } from "../dialogs/key-stakes";
import { LeakedButton } from "../dialogs/leaked-button";
import { PauseKeyDialog } from "../dialogs/pause-key-dialog";
import { RevealSecretDialog } from "../dialogs/reveal-secret-dialog";
import { RevokeKeyDialog } from "../dialogs/revoke-key-dialog";
import { RotateKeyDialog } from "../dialogs/rotate-key-dialog";
import { UnfreezeButton } from "../dialogs/unfreeze-button";
import { useKeyAction } from "../dialogs/use-key-action";
import type { AskedDialog } from "./asked-dialog";

type OpenDialog = "rotate" | "pause" | "revoke";

type KeyActionsProps = {
  apiKey: KeyDetails;
  stakes: Stakes;
  /** The dialog that is open from the start, where a link leads to it. */
  asked: AskedDialog | null;
};

/** Everything one may do to a key, and the dialogs that ask first. */
export function KeyActions({ apiKey, stakes, asked }: KeyActionsProps) {
  const router = useRouter();
  const [dialog, setDialog] = useState<OpenDialog | null>(asked === "leaked" ? null : asked);
  const [made, setMade] = useState<NewSecret | null>(null);
  const first = useFocusLeftBehind();
  const keyId = apiKey.id;
  const expired = apiKey.status === "expired";

  // Neither a reload nor Back asks again.
  useEffect(() => {
    if (asked) history.replaceState(history.state, "", location.pathname);
  }, [asked]);

  // The page's figures are from before the first calls with the new secret.
  const stored = useCallback(() => {
    setMade(null);
    router.refresh();
  }, [router]);

  function open(next: OpenDialog) {
    setDialog(next);
    router.refresh();
  }

  return (
    <>
      <Button ref={first} onClick={() => router.push(`/settings/api-keys/${keyId}/edit`)}>
        <Pencil aria-hidden />
        Edit
      </Button>
      <Button onClick={() => open("rotate")}>
        <RefreshCw aria-hidden />
        Rotate
      </Button>
      {!expired && <LetInOrNot apiKey={apiKey} onPause={() => open("pause")} />}
      <Button variant="danger" onClick={() => open("revoke")}>
        <Ban aria-hidden />
        Revoke
      </Button>
      <LeakedButton keyId={keyId} asks={asked === "leaked"} />
      <KeyDialogs
        apiKey={apiKey}
        stakes={stakes}
        dialog={dialog}
        setDialog={setDialog}
        onRotated={(secret) => {
          setDialog(null);
          setMade(secret);
        }}
      />
      {made && <RevealSecretDialog {...made} onStored={stored} />}
    </>
  );
}

/** Gives the focus to the page when revoking takes the buttons away. The ref goes on the first button. */
function useFocusLeftBehind() {
  const first = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const buttons = first.current?.parentElement;
    return () => {
      if (!buttons?.contains(document.activeElement)) return;
      document.querySelector("main")?.focus({ preventScroll: true });
    };
  }, []);
  return first;
}

/** Pauses the key or lets it in again. A frozen key is unfrozen before anything else. */
function LetInOrNot(props: { apiKey: KeyDetails; onPause: () => void }) {
  return props.apiKey.frozenAt ? (
    <UnfreezeButton keyId={props.apiKey.id} />
  ) : (
    <PauseOrResume {...props} />
  );
}

function PauseOrResume({ apiKey, onPause }: { apiKey: KeyDetails; onPause: () => void }) {
  const resume = useKeyAction(resumeKeyAction, () => toast("Key resumed"));
  if (!apiKey.pausedAt) {
    return (
      <Button onClick={onPause}>
        <Pause aria-hidden />
        Pause
      </Button>
    );
  }
  return (
    <>
      <Button pending={resume.pending} onClick={() => resume.run({ keyId: apiKey.id })}>
        <Play aria-hidden />
        Resume
      </Button>
      <span role="alert" className="self-center text-danger text-xs empty:hidden">
        {resume.failure?.message}
      </span>
    </>
  );
}

type KeyDialogsProps = {
  apiKey: KeyDetails;
  stakes: Stakes;
  dialog: OpenDialog | null;
  setDialog: (dialog: OpenDialog | null) => void;
  onRotated: (secret: NewSecret) => void;
};

function KeyDialogs({ apiKey, stakes, dialog, setDialog, onRotated }: KeyDialogsProps) {
  const keyId = apiKey.id;
  const onClose = () => setDialog(null);
  switch (dialog) {
    case "rotate":
      return (
        <RotateKeyDialog apiKey={apiKey} stakes={stakes} onRotated={onRotated} onClose={onClose} />
      );
    case "pause":
      return <PauseKeyDialog keyId={keyId} stakes={stakes} onClose={onClose} />;
    case "revoke":
      return <RevokeKeyDialog keyId={keyId} stakes={stakes} onClose={onClose} />;
    case null:
      return null;
  }
}
