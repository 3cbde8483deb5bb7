import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { NotAllowed } from "@/components/shell/not-allowed";
import { PageHeader } from "@/components/ui/page-header";
import { findKey } from "../find-key";

type EditKeyLayoutProps = { params: Promise<{ keyId: string }>; children: ReactNode };

/** Sends nothing of the form to those who may not change the key. A revoked key says on its page that it is over. */
export default async function EditKeyLayout({ params, children }: EditKeyLayoutProps) {
  const { key } = await findKey((await params).keyId);
  const back = { href: `/settings/api-keys/${key.id}`, label: key.name };
  if (key.status === "revoked") redirect(back.href);
  if (key.canManage) return children;
  return (
    <>
      <PageHeader title="Edit key" back={back} />
      <NotAllowed
        title="Only the owner of this key, admins and workspace owners can edit it"
        instead={{ href: back.href, label: "See this key" }}
      />
    </>
  );
}
