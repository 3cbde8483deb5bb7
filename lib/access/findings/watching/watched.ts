import { watchKey } from "@/lib/access/findings/watching/watch-keys";
import type { MemberActor } from "@/lib/people/auth/actor";
import { log } from "@/lib/platform/log";
import type { Result } from "@/lib/platform/result";

type Change<Input, Answer> = (actor: MemberActor, input: Input, now: Date) => Promise<Answer>;

/**
 * `change`, after which the key is looked at again: whoever follows the advice of a finding sees it go. The change is
 * done by then, so a failure here is logged, and the hourly work makes up for it.
 */
export function watched<Input extends { keyId: string }, Answer extends Result<unknown, string>>(
  change: Change<Input, Answer>,
): Change<Input, Answer> {
  return async (actor, input, now) => {
    const answer = await change(actor, input, now);
    if (!answer.ok) return answer;
    const { workspaceId } = actor;
    await watchKey({ workspaceId, keyId: input.keyId }, now).catch((error: unknown) => {
      log.error({ err: error, keyId: input.keyId }, "a changed key could not be looked at");
    });
    return answer;
  };
}
