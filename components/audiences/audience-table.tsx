"use client";

import { useState } from "react";
import { Tag } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { ActionsTh, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { CountedAudience } from "@/lib/mail/audiences/member-audiences";
import { AudienceDialogs, type AudienceInDialog, AudienceRowMenu } from "./audience-menu";
import { audienceUrl } from "./audiences-url";
import { countInShort } from "./count-words";

type AudienceTableProps = { audiences: readonly CountedAudience[]; mayManage: boolean };

/** The audiences with how many are in each; a name leads to its page. */
export function AudienceTable({ audiences, mayManage }: AudienceTableProps) {
  const [asked, setAsked] = useState<AudienceInDialog>();
  return (
    <>
      <Table label="Audiences">
        <thead>
          <Tr>
            <Th>Name</Th>
            <Th className="max-md:hidden">Kind</Th>
            <Th className="text-right">Contacts</Th>
            <Th className="text-right max-md:hidden">Created</Th>
            {mayManage && <ActionsTh />}
          </Tr>
        </thead>
        <tbody>
          {audiences.map((audience) => (
            <Tr key={audience.id} className="hover:bg-bg-subtle">
              <Td className="max-w-80 max-md:w-full max-md:max-w-0">
                <Link
                  href={audienceUrl(audience)}
                  data-row-link
                  className="block truncate font-medium hover:underline"
                >
                  <bdi>{audience.name}</bdi>
                </Link>
                <span className="block text-ink-2 text-xs md:hidden">{kindOf(audience)}</span>
              </Td>
              <Td className="max-md:hidden">
                <Tag>{kindOf(audience)}</Tag>
              </Td>
              <Td className="whitespace-nowrap text-right tabular-nums">
                {countInShort(audience.count)}
              </Td>
              <Td className="whitespace-nowrap text-right text-ink-2 max-md:hidden">
                <Time at={audience.createdAt} />
              </Td>
              {mayManage && (
                <Td className="w-12 text-right">
                  <AudienceRowMenu audience={audience} onAsk={setAsked} />
                </Td>
              )}
            </Tr>
          ))}
        </tbody>
      </Table>
      <AudienceDialogs asked={asked} onClose={() => setAsked(undefined)} />
    </>
  );
}

function kindOf({ rule }: CountedAudience): string {
  return rule === null ? "List" : "Rule";
}
