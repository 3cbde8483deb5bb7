"use client";

import { Globe, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { showFailure } from "@/components/auth/show-failure";
import { Button } from "@/components/ui/button";
import { checkedBy } from "@/components/ui/checked-by";
import { RowDangerDialog } from "@/components/ui/danger-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { NO_ANSWER } from "@/components/ui/no-answer";
import { Notice } from "@/components/ui/notice";
import { rowButtonId } from "@/components/ui/return-focus";
import { ActionsTh, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import { useTypedForm } from "@/components/ui/use-typed-form";
import { addDomainAction, removeDomainAction } from "@/lib/mail/sending-domains/actions";
import { DOMAIN_MAX } from "@/lib/mail/sending-domains/limits";
import type { SendingDomainRow } from "@/lib/mail/sending-domains/member-domains";
import type { AddDomainInput } from "@/lib/mail/sending-domains/schema";
import { fail } from "@/lib/platform/result";

const checkAddDomain = checkedBy(() =>
  import("@/lib/mail/sending-domains/schema").then(({ addDomainInput }) => addDomainInput),
);

/** The domains mail may come from. */
export function DomainsCard({ domains }: { domains: readonly SendingDomainRow[] }) {
  const [removing, setRemoving] = useState<SendingDomainRow>();
  return (
    <section aria-labelledby="domains" className="mb-8">
      <h2 id="domains" className="font-semibold text-base">
        Sending domains
      </h2>
      <p className="mt-0.5 mb-3 text-ink-2">
        {domains.length === 0
          ? "Keys can send from any domain until you add one. Then email from any other domain is refused."
          : "Email from any other domain is refused. You can limit a key to some of these."}
      </p>
      <AddDomain />
      {domains.length === 0 ? (
        <EmptyState icon={Globe} title="No sending domains yet">
          Add the domains that your mail server sends from.
        </EmptyState>
      ) : (
        <Table label="Sending domains">
          <thead>
            <Tr>
              <Th>Domain</Th>
              <Th className="max-md:hidden">Added</Th>
              <ActionsTh />
            </Tr>
          </thead>
          <tbody>
            {domains.map((domain) => (
              <Tr key={domain.id}>
                <Td className="max-w-80 truncate font-medium">
                  <bdi>{domain.name}</bdi>
                </Td>
                <Td className="text-ink-2 max-md:hidden">
                  <Time at={domain.createdAt} />
                </Td>
                <Td className="w-12 text-right">
                  <Button
                    id={rowButtonId(domain.id)}
                    variant="ghost"
                    size="icon"
                    aria-label={`Remove ${domain.name}`}
                    onClick={() => setRemoving(domain)}
                  >
                    <Trash2 aria-hidden />
                  </Button>
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
      {removing && <RemoveDomainDialog domain={removing} onClose={() => setRemoving(undefined)} />}
    </section>
  );
}

function AddDomain() {
  const form = useTypedForm<AddDomainInput>({
    resolver: checkAddDomain,
    defaultValues: { name: "" },
  });
  const { errors, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async (input) => {
    const result = await addDomainAction(input).catch(() => fail("no_answer", NO_ANSWER));
    if (!result.ok) return showFailure(form, result);
    form.reset();
    toast(`${input.name} added`);
  });

  return (
    <form noValidate onSubmit={submit} className="mb-3 max-w-md">
      <Field label="Domain" error={errors.name?.message ?? errors.root?.message}>
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              {...form.register("name")}
              maxLength={DOMAIN_MAX}
              placeholder="example.com"
              autoComplete="off"
            />
            <Button type="submit" pending={isSubmitting} className="shrink-0">
              <Plus aria-hidden />
              Add domain
            </Button>
          </div>
        )}
      </Field>
    </form>
  );
}

type RemoveDomainDialogProps = { domain: SendingDomainRow; onClose: () => void };

function RemoveDomainDialog({ domain, onClose }: RemoveDomainDialogProps) {
  const { id, name, keys } = domain;
  return (
    <RowDangerDialog
      rowId={id}
      onClose={onClose}
      title="Remove sending domain"
      description={<bdi>{name}</bdi>}
      action="Remove domain"
      work={() => removeDomainAction({ id })}
      onDone={() => toast(`${name} removed`)}
    >
      <p className="text-ink-2">While other domains are listed, email from this one is refused.</p>
      {keys.length > 0 && (
        <Notice tone="warn" className="mt-3">
          These keys are limited to it and could no longer send from it:{" "}
          <bdi>{keys.join(", ")}</bdi>.
        </Notice>
      )}
    </RowDangerDialog>
  );
}
