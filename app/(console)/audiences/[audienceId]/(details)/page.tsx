import { ListFilter } from "lucide-react";
import type { Metadata } from "next";
import { AudienceMenu } from "@/components/audiences/audience-menu";
import { audiencesList, editAudienceUrl } from "@/components/audiences/audiences-url";
import { ContactsCard } from "@/components/audiences/contacts-card";
import { RuleCard } from "@/components/audiences/rule-card";
import { UseCard } from "@/components/audiences/use-card";
import { Tag } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { QuickOrSkeleton } from "@/components/ui/quick-or-skeleton";
import { audienceUse } from "@/lib/mail/audiences/audience-use";
import { contactsOf } from "@/lib/mail/contacts/contacts-in-audience";
import { can } from "@/lib/people/auth/permissions";
import { now } from "@/lib/platform/clock";
import { findAudience } from "../find-audience";
import { AudienceSkeleton } from "./skeleton";

type Props = { params: Promise<{ audienceId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { audience } = await findAudience((await params).audienceId);
  return { title: audience.name };
}

export default function AudiencePage(props: Props) {
  return <QuickOrSkeleton skeleton={<AudienceSkeleton />} content={audiencePage(props)} />;
}

async function audiencePage({ params }: Props) {
  const { actor, audience } = await findAudience((await params).audienceId);
  const { count, newest } = await contactsOf(actor, audience, now());
  const use = await audienceUse(actor, { id: audience.id });
  const { rule, environment } = audience;
  return (
    <>
      <PageHeader
        title={audience.name}
        badge={
          <>
            <Tag>{rule ? "Rule" : "List"}</Tag>
            {environment === "test" && <Tag>Test</Tag>}
          </>
        }
        description={
          rule ? "Updates automatically." : "Your connected tools add and remove contacts."
        }
        back={{ href: audiencesList.url({ environment }), label: "Audiences" }}
        actions={
          can(actor, "audiences.manage") && (
            <>
              {rule && (
                <Button asChild>
                  <Link href={editAudienceUrl(audience)}>
                    <ListFilter aria-hidden />
                    Edit rule
                  </Link>
                </Button>
              )}
              <AudienceMenu audience={{ ...audience, count }} />
            </>
          )
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_300px]">
        <div className="grid gap-4">
          {rule && <RuleCard rule={rule} />}
          <ContactsCard audience={audience} count={count} newest={newest} />
        </div>
        {use.ok && <UseCard use={use.value} />}
      </div>
    </>
  );
}
