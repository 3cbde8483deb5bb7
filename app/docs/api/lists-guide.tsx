import { CodeBlock } from "@/components/docs/code-block";
import { Code, DocsSection } from "@/components/docs/docs-section";
import { PAGE_DEFAULT, PAGE_MAX } from "@/lib/platform/paging/schema";

/** How lists are read page by page, and how a call is repeated safely. */
export function ListsGuide({ base }: { base: string }) {
  return (
    <>
      <DocsSection id="lists" title="Lists">
        <p className="max-w-[68ch]">
          Lists come newest first, {PAGE_DEFAULT} at a time (<Code>limit</Code> up to {PAGE_MAX}).
          Pass <Code>next_cursor</Code> on as <Code>after</Code> while <Code>has_more</Code> is
          true; <Code>before</Code> leads back. Entries that are added or deleted meanwhile move
          nothing.
        </p>
        <CodeBlock label="the call that lists contacts" code={list(base)} />
        <p className="max-w-[68ch]">
          To keep another system in step, ask for what changed: with <Code>updated_since</Code> the
          contacts run by time of change, the earliest first. Keep the last <Code>next_cursor</Code>{" "}
          and begin the next run there, as <Code>after</Code> beside the same{" "}
          <Code>updated_since</Code>: nothing is missed and nothing comes twice, however many
          programs write meanwhile. <Code>GET /contacts/deleted</Code> says what is gone.
        </p>
      </DocsSection>
      <DocsSection id="repeating" title="Repeating a call">
        <p className="max-w-[68ch]">
          Networks fail between a call and its answer. Send an <Code>Idempotency-Key</Code> of your
          own with each POST, such as a UUID, and the same one with its retries: for 24 hours the
          call takes effect once, and a retry is given the first answer, marked{" "}
          <Code>Idempotent-Replayed: true</Code>. PUT, PATCH and DELETE can be repeated as they are.
        </p>
      </DocsSection>
    </>
  );
}

function list(base: string): string {
  return `curl "${base}/contacts?limit=100" \\
  -H "Authorization: Bearer $POSTERN_API_KEY"

{"object": "list", "has_more": true, "data": [{"object": "contact", …}],
 "next_cursor": "aTpjb25f…", "previous_cursor": null}`;
}
