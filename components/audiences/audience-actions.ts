import type { AudienceUse } from "@/lib/audiences/member-audiences";
import type { DeleteAudienceInput, NewAudienceInput, RenameInput } from "@/lib/audiences/schema";
import type { Result } from "@/lib/result";

type Action<Input, Value> = (input: Input) => Promise<Result<Value, string>>;

/** What the audiences page can do; the page hands its server actions down by these names. */
export type AudienceActions = {
  create: Action<NewAudienceInput, { id: string }>;
  rename: Action<RenameInput, null>;
  remove: Action<DeleteAudienceInput, null>;
  use: Action<{ id: string }, AudienceUse>;
};
