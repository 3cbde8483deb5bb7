/** The factor that turns the median absolute deviation of a normal distribution into its standard deviation. */
const MAD_TO_SIGMA = 1.4826;

/** The middle of values, and how far they usually lie from it. One wrong value among ten moves neither. */
export type Spread = { median: number; sigma: number };

/** The median and the scaled median absolute deviation; zeros where there is no value. */
export function spreadOf(values: readonly number[]): Spread {
  const median = medianOf(values);
  const mad = medianOf(values.map((value) => Math.abs(value - median)));
  return { median, sigma: mad * MAD_TO_SIGMA };
}

/**
 * The spread of `few` values, drawn towards the spread of more values of a like kind. The fewer they are, the further
 * it is drawn.
 */
export function shrunk(few: Spread, count: number, like: Spread, weight: number): Spread {
  const mix = (own: number, other: number) => (count * own + weight * other) / (count + weight);
  return { median: mix(few.median, like.median), sigma: mix(few.sigma, like.sigma) };
}

function medianOf(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}
