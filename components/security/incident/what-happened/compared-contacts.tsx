"use client";

import { useCallback, useEffect, useState } from "react";
import { Tag } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { NO_ANSWER } from "@/components/ui/no-answer";
import { Notice } from "@/components/ui/notice";
import { compareContactsAction } from "@/lib/access/damage/actions";
import type { ComparedContact } from "@/lib/access/damage/reading/compare-contacts";
import { STANDINGS } from "@/lib/access/damage/reading/words";
import type { SentDamage, SentPlace } from "@/lib/access/damage/terms/schema";
import { fail } from "@/lib/platform/result";

/** The contacts that a key changed, page after page, as they were and as they are. */
export function ComparedContacts({ damage }: { damage: SentDamage }) {
  const { contacts, next, pending, problem, load } = useComparedPages(damage);
  return (
    <div className="grid gap-3">
      <ul className="grid gap-3">
        {contacts.map((contact) => (
          <li key={contact.id} className="rounded-md border border-line p-3">
            <Compared contact={contact} />
          </li>
        ))}
      </ul>
      {problem && (
        <Notice tone="bad" role="alert">
          {problem}
        </Notice>
      )}
      <p role="status" className="text-ink-2 empty:hidden">
        {pending && contacts.length === 0 ? "Loading…" : ""}
        {!pending && !problem && contacts.length === 0 ? "No contact is left to compare." : ""}
      </p>
      {(next || problem) && (
        <Button pending={pending} onClick={() => void load(next)}>
          {problem ? "Try again" : "Show more"}
        </Button>
      )}
    </div>
  );
}

function useComparedPages(damage: SentDamage) {
  const [contacts, setContacts] = useState<ComparedContact[]>([]);
  const [next, setNext] = useState<SentPlace | null>(null);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [asked] = useState(damage);

  const load = useCallback(
    async (after: SentPlace | null) => {
      setPending(true);
      setProblem(undefined);
      const answer = await compareContactsAction({ ...asked, after }).catch(() =>
        fail("no_answer", NO_ANSWER),
      );
      setPending(false);
      if (!answer.ok) return setProblem(answer.message);
      const { contacts: more, next: place } = answer.value;
      setContacts((shown) => (after ? [...shown, ...more] : more));
      setNext(place && { ...place, at: place.at.toISOString() });
    },
    [asked],
  );
  useEffect(() => void load(null), [load]);
  return { contacts, next, pending, problem, load };
}

function Compared({ contact }: { contact: ComparedContact }) {
  const { email, id, standing, changedBy, differences } = contact;
  return (
    <>
      <p className="wrap-anywhere flex flex-wrap items-center gap-2">
        <span className="font-medium">{email ?? id}</span>
        <Tag>{STANDINGS[standing]}</Tag>
        {standing === "changed_since" && (
          <span className="text-ink-2 text-xs">
            last by <bdi>{changedBy ? (changedBy.name ?? changedBy.id) : "the contact itself"}</bdi>
          </span>
        )}
      </p>
      {differences.length > 0 && (
        <table className="mt-2 w-full table-fixed border-collapse text-sm">
          <thead className="text-left text-ink-3 text-xs">
            <tr>
              <th scope="col" className="w-1/4 py-1 pr-2 font-medium">
                Value
              </th>
              <th scope="col" className="py-1 pr-2 font-medium">
                Before
              </th>
              <th scope="col" className="py-1 font-medium">
                Now
              </th>
            </tr>
          </thead>
          <tbody>
            {differences.map(({ label, before, now }) => (
              <tr key={label} className="wrap-anywhere border-line border-t [&>*]:align-top">
                <th scope="row" className="py-1 pr-2 text-left font-normal text-ink-2">
                  {label}
                </th>
                <td className="py-1 pr-2">{before}</td>
                <td className="py-1">{now}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
