import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EditKeyFormPage } from "@/components/api-keys/edit/edit-key-form";
import { PageHeader } from "@/components/ui/page-header";
import { getKey } from "@/lib/api-keys/get-key";
import { keyIdInput } from "@/lib/api-keys/schema";
import { can } from "@/lib/auth/permissions";
import { requireActor } from "@/lib/auth/session";
import { now } from "@/lib/clock";
import { listMembers } from "@/lib/members/list-members";

export const metadata: Metadata = { title: "Edit API key" };

export default async function EditKeyPage({ params }: { params: Promise<{ keyId: string }> }) {
  const actor = await requireActor();
  const at = now();
  const asked = keyIdInput.safeParse(await params);
  if (!asked.success) notFound();
  const found = await getKey(actor, { id: asked.data.keyId }, at);
  if (!found.ok) notFound();
  const key = found.value;
  if (!key.canManage || key.status === "revoked") notFound();
  const members = await listMembers(actor);
  const owners = members
    .filter((member) => member.id === key.owner.id || can(member, "keys.manage_own"))
    .map(({ id, name, role }) => ({ id, name, role }));
  return (
    <>
      <PageHeader
        title="Edit key"
        back={{ href: `/settings/api-keys/${key.id}`, label: key.name }}
      />
      <EditKeyFormPage apiKey={key} members={owners} today={at} currentAddress={actor.address} />
    </>
  );
}
