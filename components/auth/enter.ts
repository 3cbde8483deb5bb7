import type { FieldValues, UseFormReturn } from "react-hook-form";
import { fail, type Result } from "@/lib/platform/result";
import { NO_ANSWER } from "./auth-requests";
import { showFailure } from "./show-failure";

/** Sends a form that signs somebody in, and goes where the server says; else shows why not. */
export async function enter<Input extends FieldValues>(
  form: UseFormReturn<Input, unknown, Input>,
  send: (input: Input) => Promise<Result<{ path: string }, string>>,
  input: Input,
): Promise<void> {
  const result = await send(input).catch(() => fail("no_answer", NO_ANSWER));
  if (result.ok) window.location.assign(result.value.path);
  else showFailure(form, result);
}
