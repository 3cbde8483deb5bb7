import { Card, CardHeader } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import type { ReferenceCall } from "@/lib/api/reference/calls";
import { ShapeFields } from "./field-list";
import { Fold } from "./fold";

type AnswersCardProps = Pick<ReferenceCall, "answers" | "refusals">;

/** Every answer by status: successes with their fields, refusals with the page that explains each code. */
export function AnswersCard({ answers, refusals }: AnswersCardProps) {
  return (
    <Card id="answers" className="scroll-mt-6">
      <CardHeader title="Answers" />
      {answers.map(({ status, description, shape }) =>
        shape ? (
          <div key={status} className="border-line border-b last:border-b-0">
            <Fold
              className="px-4 py-2.5 text-ink-2 text-sm"
              summary={
                <>
                  <span className="w-12 shrink-0 font-mono text-ink text-xs">{status}</span>
                  <span className="min-w-0 flex-1">{description}</span>
                </>
              }
            >
              <div className="border-line border-t bg-bg-subtle">
                <ShapeFields shape={shape} marked="optional" />
              </div>
            </Fold>
          </div>
        ) : (
          <Row key={status} status={status}>
            <span>{description}</span>
          </Row>
        ),
      )}
      {refusals.map(({ status, problems }) => (
        <Row key={status} status={status}>
          {problems.map(({ code, title }) => (
            <span key={code}>
              <Link
                href={`/docs/errors/${code}`}
                className="inline-flex items-center font-mono text-ink text-xs underline underline-offset-3 max-md:min-h-10"
              >
                {code}
              </Link>{" "}
              {title}
            </span>
          ))}
        </Row>
      ))}
    </Card>
  );
}

function Row({ status, children }: { status: string; children: React.ReactNode }) {
  return (
    <div className="flex gap-1 border-line border-b px-4 py-2.5 text-ink-2 text-sm last:border-b-0">
      <span className="w-12 shrink-0 font-mono text-ink text-xs leading-5">{status}</span>
      <div className="grid min-w-0 flex-1 gap-0.5">{children}</div>
    </div>
  );
}
