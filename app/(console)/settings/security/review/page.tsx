import { KeyRound } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ReviewProgress } from "@/components/security/review-progress";
import { ReviewedKey } from "@/components/security/reviewed-key";
import { SignOff } from "@/components/security/sign-off";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { getKey } from "@/lib/access/api-keys/reading/get-key";
import { findingsAbout } from "@/lib/access/findings/reading/read-findings";
import { lookedAt, type Review, readReview } from "@/lib/access/key-review/read-review";
import { reviewQuery } from "@/lib/access/key-review/schema";
import { decidedInWords } from "@/lib/access/key-review/words";
import type { MemberActor } from "@/lib/people/auth/actor";
import { requireActor } from "@/lib/people/auth/session";
import { now } from "@/lib/platform/clock";

export const metadata: Metadata = { title: "Review keys" };

type ReviewPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ReviewPage({ searchParams }: ReviewPageProps) {
  const actor = await requireActor();
  const { after } = reviewQuery.parse(await searchParams);
  const moment = now();
  const review = await readReview(actor, moment);
  return (
    <>
      <PageHeader
        title="Review keys"
        description="Look at each key once: keep it, or change what is not right. Then sign off, which the audit log keeps."
        back={{ href: "/settings/security", label: "Security" }}
      />
      {review.ok ? (
        <Walk actor={actor} review={review.value} after={after} moment={moment} />
      ) : (
        <Notice tone="info">Owners and admins review keys. Ask one of them to do it.</Notice>
      )}
    </>
  );
}

type WalkProps = { actor: MemberActor; review: Review; after: string | null; moment: Date };

/** The review at the key that comes next, or at its end. */
async function Walk({ actor, review, after, moment }: WalkProps) {
  const done = lookedAt(review);
  const total = done + review.left.length;
  const next = nextOf(review.left, after);
  if (total === 0) {
    return (
      <EmptyState icon={KeyRound} title="No keys to review">
        A review goes through the keys that are in use. There are none.
      </EmptyState>
    );
  }
  return (
    <>
      <ReviewProgress done={done} total={total} />
      {next ? (
        <NextKey actor={actor} keyId={next.id} hasOthers={review.left.length > 1} moment={moment} />
      ) : (
        <Card>
          <CardHeader title="Every key was looked at" />
          <CardBody className="grid gap-4">
            <p>In this review you and your colleagues {decidedInWords(review.decided)}.</p>
            <SignOff />
          </CardBody>
        </Card>
      )}
    </>
  );
}

type NextKeyProps = { actor: MemberActor; keyId: string; hasOthers: boolean; moment: Date };

async function NextKey({ actor, keyId, hasOthers, moment }: NextKeyProps) {
  const [found, findings] = await Promise.all([
    getKey(actor, { id: keyId }, moment),
    findingsAbout(actor, { keyId }, moment),
  ]);
  if (!found.ok) notFound();
  return (
    <ReviewedKey apiKey={found.value} findings={findings} hasOthers={hasOthers} now={moment} />
  );
}

/** The first key that is left, or the one that comes after a key that was left for later. */
function nextOf(left: Review["left"], after: string | null) {
  const at = left.findIndex(({ id }) => id === after);
  return left[(at + 1) % Math.max(left.length, 1)];
}
