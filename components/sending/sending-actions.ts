import type { AddDomainInput, RemoveDomainInput } from "@/lib/mail/sending-domains/schema";
import type { AddSuppressionInput, RemoveSuppressionInput } from "@/lib/mail/suppressions/schema";
import type { Result } from "@/lib/platform/result";

type Action<Input> = (input: Input) => Promise<Result<unknown, string>>;

/** What the sending page can do; the page hands its server actions down by these names. */
export type SendingActions = {
  addDomain: Action<AddDomainInput>;
  removeDomain: Action<RemoveDomainInput>;
  addSuppression: Action<AddSuppressionInput>;
  removeSuppression: Action<RemoveSuppressionInput>;
};
