import { formatCount } from "@/lib/platform/format/number";

/** The calls that one row stands for beside its own: “and 41,200 more like this”. */
export function moreLikeThis(repeats: number): string {
  return `and ${formatCount(repeats)} more like ${repeats === 1 ? "this" : "these"}`;
}
