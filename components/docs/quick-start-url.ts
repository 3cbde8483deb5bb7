import type { UseCase } from "@/lib/access/api-keys/key/presets";

/** The page that says step by step how a tool of this kind is connected; all of them, for a custom key. */
export function quickStartUrl(useCase: UseCase | undefined): string {
  return useCase && useCase !== "custom" ? `/docs/quick-starts/${useCase}` : "/docs/quick-starts";
}
