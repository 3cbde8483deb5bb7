import { z } from "zod";
import { AUDIT_SEARCH_MAX } from "@/lib/access/audit-log/limits";
import { EXPORT_FORMATS } from "@/lib/platform/export/format";
import { boundedText, isStorable } from "@/lib/platform/text";

const shortText = boundedText(AUDIT_SEARCH_MAX).trim().refine(isStorable);
const day = z.iso.date();

/**
 * The audit log's filters, as its URL holds them. A filter that makes no sense is ignored, so that an old or
 * mistyped link still shows something.
 */
export const auditFilter = z.object({
  person: shortText.catch("").default(""),
  action: shortText.catch("").default(""),
  target: shortText.catch("").default(""),
  /** The first and the last day, in UTC. */
  from: z
    .union([day, z.literal("")])
    .catch("")
    .default(""),
  to: z
    .union([day, z.literal("")])
    .catch("")
    .default(""),
});
export type AuditFilter = z.infer<typeof auditFilter>;

/** A page of the log: its filters, where it starts, and the event that is open beside it. */
export const auditQuery = auditFilter.extend({
  before: shortText.catch("").default(""),
  event: shortText.catch("").default(""),
});
export type AuditQuery = z.infer<typeof auditQuery>;

export const auditExportInput = auditFilter.extend({ format: z.enum(EXPORT_FORMATS) });
export type AuditExportInput = z.infer<typeof auditExportInput>;
