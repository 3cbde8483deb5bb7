"use client";

import { MailCheck, SearchX, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { EMAIL_LISTS } from "@/components/emails/emails-url";
import { Tag } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { EnvironmentSwitch } from "@/components/ui/environment-switch";
import { Link } from "@/components/ui/link";
import { environmentUrls } from "@/components/ui/list-page";
import { PageLinks } from "@/components/ui/page-links";
import { SearchField } from "@/components/ui/search-field";
import { ActionsTh, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { EMAIL_MAX } from "@/lib/mail/address/limits";
import type { SuppressionPage, SuppressionRow } from "@/lib/mail/suppressions/member-suppressions";
import type { SendingPageQuery } from "@/lib/mail/suppressions/schema";
import { SUPPRESSION_REASONS } from "@/lib/mail/suppressions/words";
import type { SuppressionReason } from "@/prisma/generated/enums";
import { suppressionsList } from "./sending-url";
import { AddSuppressionDialog, RemoveSuppressionDialog } from "./suppression-dialogs";

type SuppressionsCardProps = { page: SuppressionPage; query: SendingPageQuery };

/** The emails that nothing is sent to, and why. */
export function SuppressionsCard({ page, query }: SuppressionsCardProps) {
  const { environment, search } = query;
  return (
    <section aria-labelledby="suppressions">
      <h2 id="suppressions" className="font-semibold text-base">
        Suppression list
      </h2>
      <p className="mt-0.5 mb-3 text-ink-2">
        Nothing is sent to an email that bounced, complained or was added by hand. People who
        unsubscribed get no campaigns, but still get single emails such as receipts, unless a key
        leaves them out.
      </p>
      <div className="mb-3 flex flex-wrap gap-2">
        <AddressSearch query={query} />
        <EnvironmentSwitch value={environment} hrefs={environmentUrls(suppressionsList)} />
        <AddSuppressionDialog environment={environment} />
      </div>
      {page.rows.length > 0 ? (
        <SuppressionTable page={page} query={query} />
      ) : (
        <EmptyState
          icon={search ? SearchX : MailCheck}
          title={search ? "This email is not suppressed" : "Nobody is suppressed"}
        >
          {search
            ? "Search needs the full email. It gets emails unless it is listed here."
            : "An email is added automatically when it bounces."}
        </EmptyState>
      )}
      <PageLinks
        newer={null}
        older={
          page.nextCursor && suppressionsList.url({ environment, search, after: page.nextCursor })
        }
      />
    </section>
  );
}

function AddressSearch({ query }: { query: SendingPageQuery }) {
  const router = useRouter();

  function find(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const search = String(new FormData(event.currentTarget).get("search") ?? "").trim();
    router.replace(suppressionsList.url({ environment: query.environment, search }), {
      scroll: false,
    });
  }

  return (
    <form onSubmit={find} className="flex min-w-40 flex-1">
      <SearchField
        key={query.search}
        label="Search the suppression list"
        name="search"
        placeholder="Full email"
        maxLength={EMAIL_MAX}
        defaultValue={query.search}
      />
    </form>
  );
}

function SuppressionTable({ page, query }: SuppressionsCardProps) {
  const [removing, setRemoving] = useState<SuppressionRow>();
  return (
    <>
      <Table label="Suppressed emails">
        <thead>
          <Tr>
            <Th>Email</Th>
            <Th className="max-md:hidden">Why</Th>
            <Th className="text-right max-md:hidden">Since</Th>
            <ActionsTh />
          </Tr>
        </thead>
        <tbody>
          {page.rows.map((row) => (
            <Suppressed
              key={buttonIdOf(row)}
              row={row}
              query={query}
              onRemove={() => setRemoving(row)}
            />
          ))}
        </tbody>
      </Table>
      {removing && isRemovable(removing) && (
        <RemoveSuppressionDialog
          row={removing}
          environment={query.environment}
          openedBy={buttonIdOf(removing)}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </>
  );
}

type SuppressedProps = { row: SuppressionRow; query: SendingPageQuery; onRemove: () => void };

function Suppressed({ row, query, onRemove }: SuppressedProps) {
  const { email, createdAt } = row;
  return (
    <Tr>
      <Td className="max-w-64 max-md:max-w-52">
        {email ? (
          <bdi className="block truncate font-medium">{email}</bdi>
        ) : (
          <span className="block truncate text-ink-3">The email of a deleted contact</span>
        )}
        <div className="mt-1 flex flex-wrap items-center gap-x-2 text-ink-2 text-xs md:hidden">
          <Why row={row} query={query} />
          <Time at={createdAt} />
        </div>
      </Td>
      <Td className="whitespace-nowrap max-md:hidden">
        <div className="flex items-center gap-2">
          <Why row={row} query={query} />
        </div>
      </Td>
      <Td className="whitespace-nowrap text-right text-ink-2 max-md:hidden">
        <Time at={createdAt} />
      </Td>
      <Td className="w-12 text-right">
        {isRemovable(row) && (
          <Button
            id={buttonIdOf(row)}
            variant="ghost"
            size="icon"
            aria-label={`Take ${email ?? "this email"} off the list`}
            onClick={onRemove}
          >
            <Trash2 aria-hidden />
          </Button>
        )}
      </Td>
    </Tr>
  );
}

function Why({ row, query: { environment } }: Pick<SuppressedProps, "row" | "query">) {
  const { emailId, reason } = row;
  return (
    <>
      <Tag>{SUPPRESSION_REASONS[reason]}</Tag>
      {emailId && (
        <Link
          href={EMAIL_LISTS["/emails"].url({ environment, email: emailId })}
          className="text-accent hover:underline"
        >
          See email
        </Link>
      )}
    </>
  );
}

/** Nobody else can subscribe a contact who has unsubscribed. */
function isRemovable(
  row: SuppressionRow,
): row is SuppressionRow & { reason: Exclude<SuppressionReason, "unsubscribed"> } {
  return row.reason !== "unsubscribed";
}

function buttonIdOf({ emailHash, reason }: SuppressionRow): string {
  return `remove-${reason}-${emailHash}`;
}
