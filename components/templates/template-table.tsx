import { Link } from "@/components/ui/link";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { TemplateSummaryRow } from "@/lib/mail/templates/template-row";

/** The templates, newest first; a name leads to its editor. */
export function TemplateTable({ templates }: { templates: readonly TemplateSummaryRow[] }) {
  return (
    <Table label="Templates">
      <thead>
        <Tr>
          <Th>Name</Th>
          <Th className="max-md:hidden">Subject</Th>
          <Th className="text-right">Changed</Th>
        </Tr>
      </thead>
      <tbody>
        {templates.map(({ id, name, subject, updatedAt }) => (
          <Tr key={id} className="hover:bg-bg-subtle">
            <Td className="max-w-64 max-md:max-w-44">
              <Link
                href={`/templates/${id}`}
                data-row-link
                className="block truncate font-medium hover:underline"
              >
                <bdi>{name}</bdi>
              </Link>
            </Td>
            <Td className="max-w-80 truncate text-ink-2 max-md:hidden">
              <bdi>{subject}</bdi>
            </Td>
            <Td className="whitespace-nowrap text-right text-ink-2">
              <Time at={updatedAt} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
