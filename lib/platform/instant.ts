import { z } from "zod";

const EARLIEST = new Date("1970-01-01T00:00:00Z");

/** An instant as callers of the API write it (RFC 3339). Years before 1970 are slips, and databases refuse some. */
export const instant = z.iso
  .datetime({ offset: true, error: "Use a time such as 2026-11-23T14:03:00Z." })
  .transform((text) => new Date(text))
  .refine((at) => at >= EARLIEST, { message: "Use a time from 1970 on." });
