const ROUND = [1, 2, 4, 6, 8, 10];

/** The top of a chart's axis: the next round number at or above `highest`, which halves without a rest. */
export function axisTop(highest: number): number {
  if (highest <= 2) return 2;
  const magnitude = 10 ** Math.floor(Math.log10(highest));
  const step = ROUND.find((round) => round * magnitude >= highest) ?? 10;
  const top = step * magnitude;
  return top % 2 === 0 ? top : top * 2;
}
