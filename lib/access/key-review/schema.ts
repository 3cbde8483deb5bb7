import { z } from "zod";
import { anyId } from "@/lib/people/auth/schema";

/** The review's URL: the key to go on after, where some are left for later. */
export const reviewQuery = z.object({ after: anyId.nullable().catch(null) });
