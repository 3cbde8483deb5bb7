import { urlOf } from "@/components/ui/list-page";
import type { UseCase } from "@/lib/access/api-keys/key/presets";

/** The form for a new key, filled in for what will use it. */
export function newKeyUrl(use: UseCase): string {
  return urlOf("/settings/api-keys/new", { use });
}
