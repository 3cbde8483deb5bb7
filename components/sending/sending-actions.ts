import type { Result } from "@/lib/result";
import type { AddDomainInput, RemoveDomainInput } from "@/lib/sending-domains/schema";
import type { AddSuppressionInput, RemoveSuppressionInput } from "@/lib/suppressions/schema";

type Action<Input> = (input: Input) => Promise<Result<unknown, string>>;

/** What the sending page can do; the page hands its server actions down by these names. */
export type SendingActions = {
  addDomain: Action<AddDomainInput>;
  removeDomain: Action<RemoveDomainInput>;
  addSuppression: Action<AddSuppressionInput>;
  removeSuppression: Action<RemoveSuppressionInput>;
};
