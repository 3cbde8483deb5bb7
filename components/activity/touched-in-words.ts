import type { CallCounts } from "@/lib/access/activity/recording/call-counts";
import { countOf } from "@/lib/platform/format/number";

/** The people that a call touched, such as “50 contacts read”; nothing where it touched nobody. */
export function touchedInWords(call: CallCounts): string[] {
  const { contactsRead, contactsChanged, recipients } = call;
  return [
    ...(contactsRead > 0 ? [`${countOf(contactsRead, "contact")} read`] : []),
    ...(contactsChanged > 0 ? [`${countOf(contactsChanged, "contact")} changed`] : []),
    ...(recipients > 0 ? [countOf(recipients, "recipient")] : []),
  ];
}
