import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { UseFormReturn } from "react-hook-form";
import type { z } from "zod";
import { checkedBy } from "@/components/ui/checked-by";
import { sendForm } from "@/components/ui/draft";
import { toast } from "@/components/ui/toast";
import { useFilledForm } from "@/components/ui/use-filled-form";
import { whenConfirmed } from "@/components/ui/when-confirmed";
import { editKeyAction } from "@/lib/access/api-keys/actions";
import type { EditKeyInput, editKeyInput } from "@/lib/access/api-keys/key/schema";
import type { KeyDetails } from "@/lib/access/api-keys/key/shown-key";
import { now } from "@/lib/platform/clock";
import type { Failure } from "@/lib/platform/result";
import { showIfOver, showKeyFailure } from "../fields/form-errors";

const checkEditKey = checkedBy(() =>
  import("@/lib/access/api-keys/key/schema").then(({ editKeyInput }) => editKeyInput),
);

export type EditKeyValues = z.input<typeof editKeyInput>;
export type EditKeyForm = UseFormReturn<EditKeyValues, unknown, EditKeyInput>;

/** The access a key would gain, as the server named it. */
export type Widening = {
  scopes: readonly string[];
  addresses: readonly string[];
  audiences: readonly string[];
  domains: readonly string[];
  people: readonly string[];
  /** How long it would work, where it now expires and then would not. */
  lifetimes: readonly string[];
};

const UNREACHABLE = "The server could not be reached. Nothing you typed is lost: try again.";

/**
 * The form that edits a key. When the change gives the key more than it has, the server names it and
 * `widening` is set: `confirm` sends the same values again, `decline` goes back to the form. `settled` means that
 * nothing in the form is to be kept: it is saved, or `loadAgain` gives it up for the latest version.
 */
export function useEditKeyForm(start: EditKeyValues) {
  const router = useRouter();
  const [widening, setWidening] = useState<Widening | null>(null);
  const [outdated, setOutdated] = useState(false);
  const [saved, setSaved] = useState(false);
  const [loadsAgain, setLoadsAgain] = useState(false);
  // Not useTypedForm: browsers fill boxes in again as a page loads anew, with the very values that were overtaken.
  const form: EditKeyForm = useFilledForm<EditKeyValues, unknown, EditKeyInput>({
    resolver: checkEditKey,
    defaultValues: start,
  });

  // The page is loaded again only once it has been drawn without its draft, which would come back otherwise.
  useEffect(() => {
    if (loadsAgain) window.location.reload();
  }, [loadsAgain]);

  async function send(input: EditKeyInput) {
    const result = await sendForm(() => whenConfirmed(() => editKeyAction(input)));
    if (result?.ok) {
      setSaved(true);
      toast("Changes saved");
      router.push(`/settings/api-keys/${start.keyId}`);
      return;
    }
    setWidening(result?.code === "needs_confirmation" ? wideningOf(result) : null);
    if (result?.code === "needs_confirmation") return;
    setOutdated(result?.code === "changed_meanwhile");
    showKeyFailure(form, result, UNREACHABLE);
  }

  const submit = form.handleSubmit(send, () => showIfOver(form, now()));
  const confirm = form.handleSubmit((input) => send({ ...input, confirmWidening: true }));
  const decline = () => setWidening(null);
  const loadAgain = () => setLoadsAgain(true);
  const settled = saved || loadsAgain;
  return { form, submit, settled, widening, confirm, decline, outdated, loadAgain };
}

/** A key as the form shows it. */
export function startOf(key: KeyDetails): EditKeyValues {
  const { id: keyId, revision, name, description, scopes, allowedAddresses, ratePerMinute } = key;
  return {
    keyId,
    revision,
    name,
    description,
    scopes,
    allowedAddresses,
    ratePerMinute,
    recipientsPerMinute: key.recipientsPerMinute,
    recipientsPerDay: key.recipientsPerDay,
    recipientsPerHour: key.recipientsPerHour,
    contactsReadPerDay: key.contactsReadPerDay,
    audiences: key.audiences.map(({ id }) => id),
    sendingDomains: key.sendingDomains,
    skipUnsubscribed: key.skipUnsubscribed,
    forgetBodies: key.forgetBodies,
    ownerId: key.owner.id,
    expiry: { kind: "keep" },
    confirmWidening: false,
  };
}

function wideningOf({ fieldErrors }: Failure<string>): Widening {
  return {
    scopes: fieldErrors?.scopes ?? [],
    addresses: fieldErrors?.allowedAddresses ?? [],
    audiences: fieldErrors?.audiences ?? [],
    domains: fieldErrors?.sendingDomains ?? [],
    people: fieldErrors?.skipUnsubscribed ?? [],
    lifetimes: fieldErrors?.expiry ?? [],
  };
}
