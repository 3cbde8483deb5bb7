import type { SetAsideFor } from "@/prisma/generated/enums";

/** Why a campaign was given up, and what its senders can do. */
export const SET_ASIDE_WORDS: Record<SetAsideFor, string> = {
  rendering:
    "Its message takes too long, or becomes too large, for some of the people. Make it simpler, and send it again as a new campaign.",
  crashes:
    "The server stopped twice while it was creating these emails. Make the message simpler, and send it again as a new campaign.",
};
