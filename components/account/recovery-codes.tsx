"use client";

import { Download } from "lucide-react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { DialogFooter } from "@/components/ui/dialog";

type RecoveryCodesProps = { codes: readonly string[]; onDone: () => void };

/** Ten new recovery codes, the one time they are shown. */
export function RecoveryCodes({ codes, onDone }: RecoveryCodesProps) {
  const text = `${codes.join("\n")}\n`;
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(text)}`;
  return (
    <>
      <p className="mb-3 text-ink-2">
        Each works once, when your second factor is out of reach. Keep them where you keep
        passwords: they are not shown again.
      </p>
      <ul
        aria-label="Recovery codes"
        className="grid grid-cols-2 gap-x-4 gap-y-1.5 rounded-md border border-line bg-bg-subtle p-3.5 font-mono text-sm max-md:grid-cols-1"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <DialogFooter>
        <Button asChild>
          <a href={file} download="postern-recovery-codes.txt">
            <Download aria-hidden />
            Download
          </a>
        </Button>
        <CopyButton text={text} />
        <Button variant="primary" onClick={onDone}>
          I have stored them
        </Button>
      </DialogFooter>
    </>
  );
}
