-- CreateEnum
CREATE TYPE "ContentGone" AS ENUM ('not_stored', 'expired', 'contact_deleted');

-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "content_days" INTEGER NOT NULL DEFAULT 30;

-- AlterTable
ALTER TABLE "api_key" ADD COLUMN     "forget_bodies" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "email" ADD COLUMN     "content_gone" "ContentGone",
ADD COLUMN     "ended_at" TIMESTAMPTZ(3),
ADD COLUMN     "recipient_hash" TEXT;

-- AlterTable
ALTER TABLE "email_content" ADD COLUMN     "subject" TEXT;

-- CreateTable
CREATE TABLE "forgotten_recipient" (
    "email_id" TEXT NOT NULL,
    "email_hash" TEXT NOT NULL,

    CONSTRAINT "forgotten_recipient_pkey" PRIMARY KEY ("email_id","email_hash")
);

-- Emails of the past ended when the last of their recipients had them, or was given up.
UPDATE "email" SET "ended_at" = COALESCE(
  (SELECT max("at") FROM "email_event" WHERE "email_id" = "email"."id" AND "type" BETWEEN 'sent' AND 'delivered'),
  "scheduled_at", "created_at")
WHERE "status" > 'delayed';

-- What can be read of a workspace's emails, in the order in which it is deleted.
CREATE INDEX "email_content_kept_idx" ON "email" ("workspace_id", "ended_at") WHERE "content_gone" IS NULL;

-- The normalised emails in a list of mailboxes such as `Anna Kern <anna@example.com>`.
CREATE FUNCTION "emails_in"(text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_agg(lower(btrim(regexp_replace(mailbox, '^.*<|>\s*$', '', 'g')))) FROM unnest($1) AS given (mailbox)
$$;

-- The emails that are answered to a mailbox, such as those of a contact form.
CREATE INDEX "email_reply_to_idx" ON "email" USING GIN ("emails_in"("reply_to")) WHERE "reply_to" <> '{}';
