import { Link } from "@/components/ui/link";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { CallGroup } from "@/lib/api/reference/calls";

/** Every call of the API with its page, by what it is about. */
export function CallIndex({ groups }: { groups: readonly CallGroup[] }) {
  return groups.map(({ tag, description, calls }) => (
    <section key={tag} aria-label={tag} className="grid gap-2">
      <h3 className="font-semibold text-base">{tag}</h3>
      <p className="text-ink-2">{description}</p>
      <Table label={`Calls: ${tag}`}>
        <thead>
          <Tr>
            <Th>Call</Th>
            <Th className="max-md:hidden">Needs</Th>
          </Tr>
        </thead>
        <tbody>
          {calls.map(({ id, method, path, summary, scopes, needsKey }) => (
            <Tr key={id}>
              <Td>
                <Link href={`/docs/api/${id}`} className="block max-md:min-h-10">
                  <span className="font-mono text-xs">
                    {method} {path}
                  </span>{" "}
                  <span className="block text-ink-2 underline underline-offset-3">{summary}</span>
                </Link>
              </Td>
              <Td className="font-mono text-ink-2 text-xs max-md:hidden">
                {scopes.join(", ") || (needsKey ? "any key" : "no key")}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </section>
  ));
}
