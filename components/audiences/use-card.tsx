import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import type { AudienceUse } from "@/lib/mail/audiences/audience-use";

/** The keys that are limited to an audience, and the campaigns for it. */
export function UseCard({ use: { keys, campaigns } }: { use: AudienceUse }) {
  return (
    <Card>
      <CardHeader title="Where it is used" />
      <CardBody className="grid gap-4 text-sm">
        <Uses
          title="Keys limited to it"
          none="No key is limited to it."
          uses={keys.map(({ id, name }) => ({ id, name, href: `/settings/api-keys/${id}` }))}
        />
        <Uses
          title="Campaigns"
          none="No campaign uses it."
          uses={campaigns.map(({ id, name }) => ({ id, name, href: `/campaigns/${id}` }))}
        />
      </CardBody>
    </Card>
  );
}

type UsesProps = {
  title: string;
  none: string;
  uses: readonly { id: string; name: string; href: string }[];
};

function Uses({ title, none, uses }: UsesProps) {
  return (
    <section>
      <h3 className="mb-1 font-medium">{title}</h3>
      {uses.length === 0 ? (
        <p className="text-ink-3">{none}</p>
      ) : (
        <ul className="grid gap-1">
          {uses.map(({ id, name, href }) => (
            <li key={id} className="truncate">
              <Link href={href} className="text-accent hover:underline">
                <bdi>{name}</bdi>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
