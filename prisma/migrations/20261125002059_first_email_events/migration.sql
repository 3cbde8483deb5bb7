-- A campaign's recipients by what happened to them: each once, however often they open it again.
-- For a short time both were changed in the migration before: hence IF (NOT) EXISTS.
DROP INDEX IF EXISTS "email_event_campaign_id_type_id_idx";
CREATE INDEX IF NOT EXISTS "email_event_first_of_campaign" ON "email_event" ("campaign_id", "type", "id") WHERE "first";
