import { Code, DocsSection } from "@/components/docs/docs-section";
import { Link } from "@/components/ui/link";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { PROBLEMS } from "@/lib/api/errors/codes";

/** The form of an error, and every code with its page. */
export function ErrorsGuide() {
  return (
    <DocsSection id="errors" title="Errors">
      <p className="max-w-[68ch]">
        Errors are <Code>application/problem+json</Code> (RFC 9457). Decide by <Code>code</Code>,
        which never changes; <Code>detail</Code> is for people, and <Code>type</Code> leads to one
        of these pages.
      </p>
      <Table label="Errors">
        <thead>
          <Tr>
            <Th>Status</Th>
            <Th>Code</Th>
            <Th>What it means</Th>
          </Tr>
        </thead>
        <tbody>
          {Object.entries(PROBLEMS).map(([code, { status, title }]) => (
            <Tr key={code}>
              <Td>{status}</Td>
              <Td className="min-w-36 font-mono text-xs">
                <Link
                  href={`/docs/errors/${code}`}
                  className="inline-flex items-center underline underline-offset-3 max-md:min-h-10"
                >
                  {code}
                </Link>
              </Td>
              <Td>{title}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </DocsSection>
  );
}
