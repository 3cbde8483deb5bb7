import { Code, DocsSection } from "@/components/docs/docs-section";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { MAX_DEPTH } from "@/lib/api/body";
import { MAX_BODY_BYTES } from "@/lib/edge/body-cap";

const HEADERS = [
  [
    "X-Request-Id",
    "On every answer. Name it when you ask for help; Activity finds the call by it.",
  ],
  ["RateLimit-Limit", "How many calls a minute this key may make."],
  ["RateLimit-Remaining", "How many of them are left."],
  ["RateLimit-Reset", "In how many seconds they are all back."],
  ["RateLimit-Policy, RateLimit", "The same in the form of the coming standard."],
  ["Retry-After", "With 429 and 503: how many seconds to wait before trying again."],
  [
    "Postern-Secret-Retires",
    "When the secret you used stops working, because the key was rotated.",
  ],
  ["WWW-Authenticate", "With 401 and 403: what is wrong with the key, as RFC 6750 says it."],
] as const;

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
            {HEADERS.map(([name, text]) => (
              <Tr key={name}>
                <Td className="min-w-36 font-mono text-xs">{name}</Td>
                <Td>{text}</Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      </DocsSection>
    </>
  );
}
