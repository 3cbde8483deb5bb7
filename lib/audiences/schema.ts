import { z } from "zod";
import { anyId } from "@/lib/auth/schema";
import { pageQuery } from "@/lib/paging/schema";
import { plainText } from "@/lib/text";

export const AUDIENCE_NAME_MAX = 100;

/** What people call an audience. */
export const audienceName = plainText(AUDIENCE_NAME_MAX).refine((text) => text.length > 0, {
  message: "Give the audience a name.",
});

export const audienceInput = z.strictObject({ name: audienceName });
export type AudienceInput = z.infer<typeof audienceInput>;

export const listAudiencesQuery = z.strictObject(pageQuery);

const environment = z.enum(["live", "test"]);

/** What the console's forms send; the API knows the environment from the key. */
export const newAudienceInput = z.strictObject({ name: audienceName, environment });
export type NewAudienceInput = z.infer<typeof newAudienceInput>;

export const renameInput = z.strictObject({ id: anyId, name: audienceName, environment });
export type RenameInput = z.infer<typeof renameInput>;

export const deleteAudienceInput = z.strictObject({ id: anyId, environment });
export type DeleteAudienceInput = z.infer<typeof deleteAudienceInput>;

export const audienceUseInput = z.strictObject({ id: anyId });

/** The audiences page as it stands in the address; what is not known counts as not given. */
export const audiencesPageQuery = z.object({
  environment: environment.catch("live"),
  after: pageQuery.after.catch(undefined),
  before: pageQuery.before.catch(undefined),
});
export type AudiencesPageQuery = z.infer<typeof audiencesPageQuery>;
