import type { ActivityRow } from "@/lib/access/activity/schema";
import type { Column } from "@/lib/platform/export/columns";

/** The columns of an activity export, one row for each call. */
export const ACTIVITY_COLUMNS: readonly Column<ActivityRow>[] = [
  ["time", (row) => row.at],
  ["request_id", (row) => row.id],
  ["key_id", (row) => row.keyId],
  ["key_name", (row) => row.keyName],
  ["secret_hint", (row) => row.secretHint],
  ["environment", (row) => row.environment],
  ["method", (row) => row.method],
  ["path", (row) => row.path],
  ["route", (row) => row.route],
  ["status", (row) => row.status],
  ["code", (row) => row.code],
  ["duration_ms", (row) => row.durationMs],
  ["address", (row) => row.address],
  ["user_agent", (row) => row.userAgent],
  ["bytes_in", (row) => row.bytesIn],
  ["bytes_out", (row) => row.bytesOut],
  ["more_like_this", (row) => row.repeats],
  ["contacts_read", (row) => row.contactsRead],
  ["contacts_changed", (row) => row.contactsChanged],
  ["recipients", (row) => row.recipients],
];
