"use client";

import { Check, Copy } from "lucide-react";
import { type ComponentProps, useEffect, useState } from "react";
import { Button } from "./button";
import { copyText } from "./copy-text";

const CONFIRMED_MS = 2_000;

type CopyButtonProps = {
  text: string;
  label?: string;
} & Pick<ComponentProps<typeof Button>, "variant" | "size" | "className">;

/** Copies `text`, and says that it did (or that the browser refused). */
export function CopyButton({ text, label = "Copy", size, ...look }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<"idle" | "copied" | "refused">("idle");

  useEffect(() => {
    if (outcome === "idle") return;
    const timer = setTimeout(() => setOutcome("idle"), CONFIRMED_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy() {
    setOutcome((await copyText(text)) ? "copied" : "refused");
  }

  const Icon = outcome === "copied" ? Check : Copy;
  const said = {
    idle: "",
    copied: "Copied",
    refused: "Copying failed. Select it and copy it by hand.",
  }[outcome];
  return (
    <>
      <Button
        {...look}
        {...(size && { size })}
        {...(size === "icon" && { "aria-label": label })}
        onClick={() => void copy()}
      >
        <Icon aria-hidden />
        {size !== "icon" && (said || label)}
      </Button>
      <span role="status" className="sr-only">
        {said}
      </span>
    </>
  );
}
