import { revalidatePath } from "next/cache";
import type { z } from "zod";
import type { MemberActor } from "@/lib/people/auth/actor";
import { actorSettingUp, requireActor } from "@/lib/people/auth/session";
import { now } from "@/lib/platform/clock";
import { type Failure, invalidInput, type Result } from "@/lib/platform/result";

/**
 * A server action for signed-in members. A browser may send it anything: `schema` decides what reaches
 * `change`, which runs as the member who sent it. Strangers are led to the sign-in page. After a success the
 * pages at and below the path `refresh` are fetched anew. After a failure the page stays as it is, so that
 * nothing typed is lost while its reason is read. `settingUp` is for what a member needs who has to set up a
 * second factor before anything else.
 */
export function memberAction<Input, Answer extends Result<unknown, string>>(
  schema: z.ZodType<Input>,
  change: (actor: MemberActor, input: Input, now: Date) => Promise<Answer>,
  { refresh, settingUp = false }: { refresh?: string; settingUp?: boolean } = {},
): (input: unknown) => Promise<Answer | Failure<"validation_error">> {
  return async (input) => {
    const actor = (settingUp && (await actorSettingUp())) || (await requireActor());
    const parsed = schema.safeParse(input);
    if (!parsed.success) return invalidInput(parsed.error);
    const answer = await change(actor, parsed.data, now());
    if (answer.ok && refresh) revalidatePath(refresh, "layout");
    return answer;
  };
}
