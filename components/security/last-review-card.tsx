import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { LastReview } from "@/lib/access/key-review/last-review";
import { REVIEW_EVERY_DAYS } from "@/lib/access/key-review/limits";
import { decidedInWords } from "@/lib/access/key-review/words";
import { DAY_MS, later } from "@/lib/platform/clock";
import { longDate } from "@/lib/platform/format/time";

/** The last time that somebody looked at every key, and when the next time is due. */
export function LastReviewCard({ review }: { review: LastReview | null }) {
  return (
    <Card>
      <CardHeader title="Last review" />
      <CardBody className="text-ink-2 text-sm">
        {review ? (
          <p>
            <bdi>{review.by}</bdi> signed it off on {longDate(review.at)}:{" "}
            {decidedInWords(review.decided)}. The next one is due on{" "}
            {longDate(later(review.at, REVIEW_EVERY_DAYS * DAY_MS))}.
          </p>
        ) : (
          <p>None yet. Owners and admins go through the keys one by one, and sign that off.</p>
        )}
      </CardBody>
    </Card>
  );
}
