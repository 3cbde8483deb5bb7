import { watchKey, watchKeysOf } from "@/lib/access/findings/watching/watch-keys";
import { tellMembers } from "@/lib/access/notices/tell-members";
import type { MemberActor } from "@/lib/people/auth/actor";
import { log } from "@/lib/platform/log";
import type { Result } from "@/lib/platform/result";

type Change<Input, Answer> = (actor: MemberActor, input: Input, now: Date) => Promise<Answer>;

/** `change` of a key, after which the key is looked at again: whoever follows the advice of a finding sees it go. */
export function watched<Input extends { keyId: string }, Answer extends Result<unknown, string>>(
  change: Change<Input, Answer>,
): Change<Input, Answer> {
  return async (actor, input, now) => {
    const answer = await change(actor, input, now);
    if (answer.ok) await lookAgain(actor, input.keyId, now);
    return answer;
  };
}

/** `make`, after which the key that it made is looked at. */
export function watchedOnceMade<Input, Made extends { keyId: string }, Code extends string>(
  make: Change<Input, Result<Made, Code>>,
): Change<Input, Result<Made, Code>> {
  return async (actor, input, now) => {
    const answer = await make(actor, input, now);
    if (answer.ok) await lookAgain(actor, answer.value.keyId, now);
    return answer;
  };
}

/** `change` of a rule of the workspace, after which all its keys are looked at by the new rule. */
export function watchedAll<Input, Answer extends Result<unknown, string>>(
  change: Change<Input, Answer>,
): Change<Input, Answer> {
  return async (actor, input, now) => {
    const answer = await change(actor, input, now);
    if (answer.ok) {
      await orLater(
        watchKeysOf(actor.workspaceId, now).then(() => tellMembers(now, actor.workspaceId)),
      );
    }
    return answer;
  };
}

async function lookAgain({ workspaceId }: MemberActor, keyId: string, now: Date): Promise<void> {
  await orLater(watchKey({ workspaceId, keyId }, now).then(() => tellMembers(now, workspaceId)));
}

/** The change is done by now. So a failure here is logged, and the hourly work makes up for it. */
async function orLater(look: Promise<void>): Promise<void> {
  await look.catch((error: unknown) => {
    log.error({ err: error }, "changed keys could not be looked at");
  });
}
