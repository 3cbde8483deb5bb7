import { Code, DocsSection } from "@/components/docs/docs-section";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { routes } from "@/lib/api/routes";

/** What there is to call, from the table the API itself is made of. */
export function RoutesGuide() {
  return (
    <DocsSection id="routes" title="Routes">
      <Table label="Routes">
        <thead>
          <Tr>
            <Th>Call</Th>
            <Th>What it does</Th>
            <Th>Needs</Th>
          </Tr>
        </thead>
        <tbody>
          {routes.map(({ method, path, scope, summary }) => (
            <Tr key={`${method} ${path}`}>
              <Td className="min-w-28 font-mono text-xs md:whitespace-nowrap">
                {method} {readable(method, path)}
              </Td>
              <Td>{summary}</Td>
              <Td className="min-w-24 md:whitespace-nowrap">
                {scope === "any" ? "any key" : <Code>{scope}</Code>}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </DocsSection>
  );
}

/** `/contacts/:idOrEmail` as people write it. */
function readable(method: string, path: string): string {
  return path.replace(":idOrEmail", method === "PUT" ? "{email}" : "{id or email}");
}
