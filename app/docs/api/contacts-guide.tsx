import { CodeBlock } from "@/components/docs/code-block";
import { Code, DocsSection } from "@/components/docs/docs-section";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import {
  CONTACT_NAME_MAX,
  EMAIL_MAX,
  PROPERTIES_MAX,
  PROPERTY_TEXT_MAX,
} from "@/lib/contacts/schema";
import { PAGE_DEFAULT, PAGE_MAX } from "@/lib/paging/schema";

const FIELDS = [
  ["email", `Up to ${EMAIL_MAX} characters. Kept trimmed and in lower case, once per environment.`],
  ["first_name, last_name", `Text of up to ${CONTACT_NAME_MAX} characters, or null.`],
  ["unsubscribed", "true when this person wants no more emails. false at first."],
  [
    "properties",
    `Up to ${PROPERTIES_MAX} of your own: text of up to ${PROPERTY_TEXT_MAX} characters, numbers, true or false. Sent ones are merged by name; null removes one.`,
  ],
] as const;

/** The fields of a contact, and the calls that most integrations make. */
export function ContactsGuide({ base }: { base: string }) {
  return (
    <DocsSection id="contacts" title="Contacts">
      <Table label="Fields of a contact">
        <thead>
          <Tr>
            <Th>Field</Th>
            <Th>What it holds</Th>
          </Tr>
        </thead>
        <tbody>
          {FIELDS.map(([field, text]) => (
            <Tr key={field}>
              <Td className="min-w-28 font-mono text-xs">{field}</Td>
              <Td>{text}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      <p className="max-w-[68ch]">
        Add a contact, or change it if it exists. It can be repeated safely: two at once make one
        contact, and what you leave out stays as it is. Encode <Code>+</Code> and other special
        characters in addresses (<Code>%2B</Code>).
      </p>
      <CodeBlock label="the call that adds or changes a contact" code={upsert(base)} />
      <p className="max-w-[68ch]">
        The answer is <Code>201</Code> when the contact is new, else <Code>200</Code>.{" "}
        <Code>POST /contacts</Code> only adds, and answers <Code>409</Code> when the e-mail is
        taken. A key with <Code>contacts:write</Code> but without <Code>contacts:read</Code> is told
        only the id of a contact it changed, so that it cannot be used to read.
      </p>
      <p className="max-w-[68ch]">
        Lists come newest first, {PAGE_DEFAULT} at a time (<Code>limit</Code> up to {PAGE_MAX}).
        Pass <Code>next_cursor</Code> on as <Code>after</Code> while <Code>has_more</Code> is true;{" "}
        <Code>before</Code> leads back. <Code>email</Code> finds one contact.
      </p>
      <CodeBlock label="the call that lists contacts" code={list(base)} />
      <p className="max-w-[68ch]">
        To keep another system in step, ask for what changed: with <Code>updated_since</Code> the
        list runs by time of change, the earliest first. Begin the next run a few seconds before the
        last <Code>updated_at</Code> you saw.
      </p>
      <CodeBlock label="the call that lists changes" code={changed(base)} />
    </DocsSection>
  );
}

function upsert(base: string): string {
  return `curl -X PUT ${base}/contacts/anna%2Bshop@example.com \\
  -H "Authorization: Bearer $POSTERN_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"first_name": "Anna", "properties": {"plan": "pro", "seats": 3}}'`;
}

function list(base: string): string {
  return `curl "${base}/contacts?limit=100" \\
  -H "Authorization: Bearer $POSTERN_API_KEY"

{"object": "list", "has_more": true, "data": [{"object": "contact", …}],
 "next_cursor": "aTpjb25f…", "previous_cursor": null}`;
}

function changed(base: string): string {
  return `curl "${base}/contacts?updated_since=2026-11-23T14:03:00Z" \\
  -H "Authorization: Bearer $POSTERN_API_KEY"`;
}
