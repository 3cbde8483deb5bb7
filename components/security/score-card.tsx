import { Card, CardBody } from "@/components/ui/card";
import type { GoodOrder } from "@/lib/access/findings/reading/good-order";

/** The score of the keys' order, and what would raise it the most. */
export function ScoreCard({ score, raises }: Pick<GoodOrder, "score" | "raises">) {
  return (
    <Card>
      <CardBody className="grid gap-2">
        <h2 className="text-ink-3 text-xs">Score</h2>
        <p>
          <strong className="font-semibold text-[28px] leading-8 tracking-tight">{score}</strong>{" "}
          <span className="text-ink-2">of 100</span>
        </p>
        {raises.length === 0 ? (
          <p className="text-ink-2 text-sm">Every point of good practice holds for every key.</p>
        ) : (
          <ul className="grid gap-1 text-ink-2 text-sm">
            {raises.map(({ words, points }) => (
              <li key={words}>
                {words}: <strong className="font-semibold text-ink">+{points}</strong>
              </li>
            ))}
          </ul>
        )}
      </CardBody>
    </Card>
  );
}
