import { Code, DocsSection } from "@/components/docs/docs-section";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { MAX_DEPTH } from "@/lib/api/gate/inspect-json";
import { ANSWER_HEADERS } from "@/lib/api/openapi/answer-headers";
import { MAX_BODY_BYTES } from "@/lib/platform/edge/body-cap";

/** What may be sent, how often, and what the answer's headers say of it. */
export function LimitsGuide() {
  return (
    <>
      <DocsSection id="limits" title="Limits">
        <p className="max-w-[68ch]">
          Each key has a limit of its own, 600 calls a minute unless an admin changed it, so one
          busy integration never slows another down. Over the limit the answer is <Code>429</Code>{" "}
          with <Code>Retry-After</Code>. Bodies hold at most {MAX_BODY_BYTES.toLocaleString("en")}{" "}
          bytes of uncompressed JSON, nested at most {MAX_DEPTH} levels deep. Fields we do not know
          are refused, so that a typing mistake does not pass unnoticed.
        </p>
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
