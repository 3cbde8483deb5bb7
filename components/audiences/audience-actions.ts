import type { AudienceUse } from "@/lib/mail/audiences/audience-use";
import type { ContactCount } from "@/lib/mail/audiences/contact-counts";
import type {
  DeleteAudienceInput,
  EditAudienceInput,
  NewAudienceInput,
  RuleCountInput,
} from "@/lib/mail/audiences/schema";
import type { Result } from "@/lib/platform/result";

type Action<Input, Value> = (input: Input) => Promise<Result<Value, string>>;

/** What the audience pages can do; they hand their server actions down by these names. */
export type AudienceActions = {
  create: Action<NewAudienceInput, { id: string }>;
  edit: Action<EditAudienceInput, null>;
  remove: Action<DeleteAudienceInput, null>;
  use: Action<{ id: string }, AudienceUse>;
  count: Action<RuleCountInput, ContactCount | null>;
};
