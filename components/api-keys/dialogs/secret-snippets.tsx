"use client";

import { CopyButton } from "@/components/ui/copy-button";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { firstCallSnippets } from "./snippets";

/** The first call, ready to run, against the origin the browser is at. */
export function SecretSnippets() {
  const snippets = firstCallSnippets(window.location.origin);
  return (
    <Tabs defaultValue="curl" className="min-w-0">
      <TabsList aria-label="Snippets">
        {snippets.map(({ id, label }) => (
          <TabsTrigger key={id} value={id}>
            {label}
          </TabsTrigger>
        ))}
      </TabsList>
      {snippets.map(({ id, label, code }) => (
        <TabsContent
          key={id}
          value={id}
          className="relative rounded-b-md border border-line border-t-0 bg-bg-subtle focus-visible:-outline-offset-2"
        >
          <pre className="whitespace-pre-wrap p-3.5 pr-12 font-mono text-xs leading-[18px]">
            {code}
          </pre>
          <p className="px-3.5 pb-3 text-ink-2 text-xs">
            <code className="font-mono">POSTERN_API_KEY</code> stands for the key above. Set it
            where the program runs, not in its code.
          </p>
          <CopyButton
            text={code}
            size="icon"
            variant="ghost"
            label={`Put the ${label} snippet on the clipboard`}
            className="absolute top-1.5 right-1.5 bg-bg-subtle"
          />
        </TabsContent>
      ))}
    </Tabs>
  );
}
