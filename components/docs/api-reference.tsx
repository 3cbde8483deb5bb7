"use client";

import { useEffect, useRef, useState } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import "./api-reference.css";
import { LAYOUT, viewerPlugin } from "./viewer-plugin";

/** Every call, its parameters, bodies and answers, from the OpenAPI document at `url`. */
export function ApiReference({ url }: { url: string }) {
  const place = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<"loading" | "shown" | "failed">("loading");

  useEffect(() => {
    let left = false;
    showReference(url, () => (left ? null : place.current)).then(
      () => setState("shown"),
      () => setState("failed"),
    );
    return () => {
      left = true;
    };
  }, [url]);

  return (
    <div className="min-w-0">
      {state === "loading" && <LoadingReference />}
      {state === "failed" && (
        <p role="alert">The reference could not be loaded. Reload the page to try again.</p>
      )}
      <div ref={place} className="api-reference" />
    </div>
  );
}

/** The viewer is larger than the rest of the page, so it comes after it. */
async function showReference(url: string, place: () => HTMLElement | null): Promise<void> {
  const { default: SwaggerUI } = await import("swagger-ui-dist/swagger-ui-es-bundle.js");
  const domNode = place();
  if (!domNode) return;
  SwaggerUI({
    url,
    domNode,
    layout: LAYOUT,
    plugins: [viewerPlugin],
    deepLinking: false,
    docExpansion: "list",
    defaultModelsExpandDepth: -1,
    defaultModelExpandDepth: 3,
    supportedSubmitMethods: [],
    syntaxHighlight: false,
    validatorUrl: null,
  });
}

function LoadingReference() {
  return (
    <div aria-busy className="grid gap-2">
      <p className="sr-only">Loading the reference…</p>
      {[0, 1, 2, 3, 4].map((row) => (
        <Skeleton key={row} className="h-10" />
      ))}
    </div>
  );
}
