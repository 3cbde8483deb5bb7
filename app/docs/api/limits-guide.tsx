import { Code, DocsSection } from "@/components/docs/docs-section";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { ANSWER_HEADERS } from "@/lib/api/openapi/answer-headers";
import { largerBodies } from "@/lib/api/routes/route-needs";
import { MAX_BODY_BYTES } from "@/lib/platform/edge/body-cap";
import { MAX_DEPTH, MAX_VALUES } from "@/lib/platform/edge/json-meter";
import { formatCount, formatMebibytes } from "@/lib/platform/format/number";

/** How much may be sent and how often, and the headers that every answer says it with. */
export function LimitsGuide() {
  return (
    <>
      <DocsSection id="limits" title="Limits">
        <p className="max-w-[68ch]">
          Each key has a limit of its own, 600 calls a minute unless an admin changed it, so one
          busy integration never slows another down. Over the limit the answer is <Code>429</Code>{" "}
          with <Code>Retry-After</Code>.
        </p>
        <p className="max-w-[68ch]">
          A key that sends emails or campaigns also has limits of recipients, per minute and per UTC
          day, in the same headers. Each address in to, cc and bcc counts once per email. A campaign
          that a key starts counts the people it goes to, by the day alone, and gives them back
          where the key cancels it before anybody was written to. A call that is refused or repeated
          counts nothing. One that names more recipients than a limit allows would never pass: it
          gets <Code>422</Code>, and has to be split. <Code>GET /me</Code> says what the limits are.
        </p>
        <p className="max-w-[68ch]">
          Bodies are uncompressed JSON, nested at most {MAX_DEPTH} levels deep. Fields we do not
          know are refused, so that a typing mistake does not pass unnoticed. A body has at most{" "}
          {formatCount(MAX_VALUES)} values (texts, numbers, lists and objects together), and so has
          each entry of a batch. A body holds at most {formatMebibytes(MAX_BODY_BYTES)}, but for
          these routes:
        </p>
        <ul className="grid max-w-[68ch] list-disc gap-1 pl-5">
          {largerBodies().map(({ name, maxBytes }) => (
            <li key={name}>
              <Code>{name}</Code>: at most {formatMebibytes(maxBytes)}
            </li>
          ))}
        </ul>
      </DocsSection>
      <DocsSection id="headers" title="Headers of an answer">
        <Table label="Headers of an answer">
          <thead>
            <Tr>
              <Th>Header</Th>
              <Th>What it says</Th>
            </Tr>
          </thead>
          <tbody>
            {Object.entries(ANSWER_HEADERS).map(([name, { description }]) => (
              <Tr key={name}>
                <Td className="min-w-36 font-mono text-xs">{name}</Td>
                <Td>{description}</Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      </DocsSection>
    </>
  );
}
