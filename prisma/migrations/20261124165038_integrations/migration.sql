-- CreateEnum
CREATE TYPE "SuppressionReason" AS ENUM ('bounced', 'unsubscribed', 'manual');

-- CreateEnum
CREATE TYPE "EmailStatus" AS ENUM ('scheduled', 'queued', 'delayed', 'sent', 'suppressed', 'canceled', 'failed', 'bounced', 'delivered', 'opened', 'clicked', 'unsubscribed');

-- CreateEnum
CREATE TYPE "CampaignStatus" AS ENUM ('draft', 'scheduled', 'sending', 'sent', 'canceled');

-- AlterTable
ALTER TABLE "api_key" ADD COLUMN     "audience_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "sending_domains" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "contact" ADD COLUMN     "changed_by" TEXT,
ADD COLUMN     "created_by" TEXT,
ADD COLUMN     "last_clicked_at" TIMESTAMPTZ(3),
ADD COLUMN     "last_opened_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "contact_clock" (
    "workspace_id" TEXT NOT NULL,
    "environment" "Environment" NOT NULL,
    "last_change_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contact_clock_pkey" PRIMARY KEY ("workspace_id","environment")
);

-- CreateTable
CREATE TABLE "deleted_contact" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "environment" "Environment" NOT NULL,
    "deleted_at" TIMESTAMPTZ(3) NOT NULL,
    "audience_ids" TEXT[],

    CONSTRAINT "deleted_contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audience" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "environment" "Environment" NOT NULL,
    "name" TEXT NOT NULL,
    "rule" JSONB,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audience_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audience_member" (
    "audience_id" TEXT NOT NULL,
    "contact_id" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audience_member_pkey" PRIMARY KEY ("audience_id","contact_id")
);

-- CreateTable
CREATE TABLE "suppression" (
    "workspace_id" TEXT NOT NULL,
    "environment" "Environment" NOT NULL,
    "email_hash" TEXT NOT NULL,
    "reason" "SuppressionReason" NOT NULL,
    "email" TEXT,
    "email_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "suppression_pkey" PRIMARY KEY ("workspace_id","environment","email_hash","reason")
);

-- CreateTable
CREATE TABLE "sending_domain" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sending_domain_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "email" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "environment" "Environment" NOT NULL,
    "key_id" TEXT,
    "campaign_id" TEXT,
    "contact_id" TEXT,
    "template_id" TEXT,
    "from" TEXT NOT NULL,
    "to" TEXT[],
    "cc" TEXT[],
    "bcc" TEXT[],
    "reply_to" TEXT[],
    "recipients" TEXT[],
    "subject" TEXT NOT NULL,
    "tags" JSONB NOT NULL DEFAULT '[]',
    "status" "EmailStatus" NOT NULL,
    "track_opens" BOOLEAN NOT NULL DEFAULT false,
    "track_clicks" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "scheduled_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "handing_over_since" TIMESTAMPTZ(3),
    "captured" BOOLEAN NOT NULL DEFAULT false,
    "opened_at" TIMESTAMPTZ(3),
    "clicked_at" TIMESTAMPTZ(3),

    CONSTRAINT "email_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "email_content" (
    "email_id" TEXT NOT NULL,
    "html" TEXT,
    "text" TEXT,
    "headers" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "email_content_pkey" PRIMARY KEY ("email_id")
);

-- CreateTable
CREATE TABLE "email_attachment" (
    "email_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "filename" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "content_id" TEXT,
    "content" BYTEA NOT NULL,

    CONSTRAINT "email_attachment_pkey" PRIMARY KEY ("email_id","position")
);

-- CreateTable
CREATE TABLE "email_event" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "environment" "Environment" NOT NULL,
    "email_id" TEXT NOT NULL,
    "campaign_id" TEXT,
    "contact_id" TEXT,
    "type" "EmailStatus" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "first" BOOLEAN NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "email_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "template" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "environment" "Environment" NOT NULL,
    "name" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "text" TEXT NOT NULL DEFAULT '',
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "template_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "environment" "Environment" NOT NULL,
    "name" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "reply_to" TEXT[],
    "subject" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "text" TEXT NOT NULL DEFAULT '',
    "audience_id" TEXT NOT NULL,
    "status" "CampaignStatus" NOT NULL,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "scheduled_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "reached_contact_id" TEXT,
    "recipients" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "campaign_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign_hour" (
    "campaign_id" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "type" "EmailStatus" NOT NULL,
    "total" INTEGER NOT NULL,
    "firsts" INTEGER NOT NULL,

    CONSTRAINT "campaign_hour_pkey" PRIMARY KEY ("campaign_id","hour","type")
);

-- CreateTable
CREATE TABLE "campaign_link" (
    "campaign_id" TEXT NOT NULL,
    "url_hash" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "clicks" INTEGER NOT NULL,
    "unique_clicks" INTEGER NOT NULL,

    CONSTRAINT "campaign_link_pkey" PRIMARY KEY ("campaign_id","url_hash")
);

-- CreateTable
CREATE TABLE "email_link_click" (
    "email_id" TEXT NOT NULL,
    "url_hash" TEXT NOT NULL,

    CONSTRAINT "email_link_click_pkey" PRIMARY KEY ("email_id","url_hash")
);

-- CreateTable
CREATE TABLE "contact_event" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "environment" "Environment" NOT NULL,
    "contact_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "payload" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "dedupe_id" TEXT,
    "key_id" TEXT,

    CONSTRAINT "contact_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact_event_count" (
    "workspace_id" TEXT NOT NULL,
    "environment" "Environment" NOT NULL,
    "contact_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "last_payload" JSONB NOT NULL,

    CONSTRAINT "contact_event_count_pkey" PRIMARY KEY ("contact_id","name")
);

-- CreateTable
CREATE TABLE "idempotent_request" (
    "key_id" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "status" INTEGER,
    "body" TEXT,
    "location" TEXT,

    CONSTRAINT "idempotent_request_pkey" PRIMARY KEY ("key_id","idempotency_key")
);

-- CreateIndex
CREATE INDEX "deleted_contact_workspace_id_environment_deleted_at_id_idx" ON "deleted_contact"("workspace_id", "environment", "deleted_at", "id");

-- CreateIndex
CREATE INDEX "audience_workspace_id_environment_id_idx" ON "audience"("workspace_id", "environment", "id");

-- CreateIndex
CREATE INDEX "audience_member_contact_id_idx" ON "audience_member"("contact_id");

-- CreateIndex
CREATE INDEX "suppression_workspace_id_environment_created_at_email_hash_idx" ON "suppression"("workspace_id", "environment", "created_at", "email_hash");

-- CreateIndex
CREATE UNIQUE INDEX "sending_domain_workspace_id_name_key" ON "sending_domain"("workspace_id", "name");

-- CreateIndex
CREATE INDEX "email_workspace_id_environment_id_idx" ON "email"("workspace_id", "environment", "id");

-- CreateIndex
CREATE INDEX "email_workspace_id_environment_status_id_idx" ON "email"("workspace_id", "environment", "status", "id");

-- CreateIndex
CREATE INDEX "email_workspace_id_key_id_id_idx" ON "email"("workspace_id", "key_id", "id");

-- CreateIndex
CREATE INDEX "email_campaign_id_id_idx" ON "email"("campaign_id", "id");

-- CreateIndex
CREATE INDEX "email_campaign_id_status_id_idx" ON "email"("campaign_id", "status", "id");

-- CreateIndex
CREATE INDEX "email_contact_id_id_idx" ON "email"("contact_id", "id");

-- CreateIndex
CREATE INDEX "email_recipients_idx" ON "email" USING GIN ("recipients");

-- CreateIndex
CREATE INDEX "email_event_email_id_id_idx" ON "email_event"("email_id", "id");

-- CreateIndex
CREATE INDEX "email_event_campaign_id_type_id_idx" ON "email_event"("campaign_id", "type", "id");

-- CreateIndex
CREATE INDEX "email_event_contact_id_type_at_idx" ON "email_event"("contact_id", "type", "at");

-- CreateIndex
CREATE INDEX "template_workspace_id_environment_id_idx" ON "template"("workspace_id", "environment", "id");

-- CreateIndex
CREATE INDEX "campaign_workspace_id_environment_id_idx" ON "campaign"("workspace_id", "environment", "id");

-- CreateIndex
CREATE INDEX "campaign_workspace_id_environment_status_id_idx" ON "campaign"("workspace_id", "environment", "status", "id");

-- CreateIndex
CREATE INDEX "contact_event_workspace_id_environment_at_id_idx" ON "contact_event"("workspace_id", "environment", "at", "id");

-- CreateIndex
CREATE INDEX "contact_event_workspace_id_environment_name_at_id_idx" ON "contact_event"("workspace_id", "environment", "name", "at", "id");

-- CreateIndex
CREATE INDEX "contact_event_contact_id_at_id_idx" ON "contact_event"("contact_id", "at", "id");

-- CreateIndex
CREATE INDEX "contact_event_contact_id_name_at_id_idx" ON "contact_event"("contact_id", "name", "at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "contact_event_contact_id_dedupe_id_key" ON "contact_event"("contact_id", "dedupe_id");

-- CreateIndex
CREATE INDEX "contact_event_count_workspace_id_environment_name_last_at_c_idx" ON "contact_event_count"("workspace_id", "environment", "name", "last_at", "contact_id");

-- CreateIndex
CREATE INDEX "idempotent_request_started_at_idx" ON "idempotent_request"("started_at");

-- CreateIndex
CREATE INDEX "contact_workspace_id_environment_unsubscribed_id_idx" ON "contact"("workspace_id", "environment", "unsubscribed", "id");

-- AddForeignKey
ALTER TABLE "audience" ADD CONSTRAINT "audience_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audience_member" ADD CONSTRAINT "audience_member_audience_id_fkey" FOREIGN KEY ("audience_id") REFERENCES "audience"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audience_member" ADD CONSTRAINT "audience_member_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "suppression" ADD CONSTRAINT "suppression_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sending_domain" ADD CONSTRAINT "sending_domain_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "email" ADD CONSTRAINT "email_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "email_content" ADD CONSTRAINT "email_content_email_id_fkey" FOREIGN KEY ("email_id") REFERENCES "email"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "email_attachment" ADD CONSTRAINT "email_attachment_email_id_fkey" FOREIGN KEY ("email_id") REFERENCES "email"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "template" ADD CONSTRAINT "template_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Contacts are searched by how their address or one of their names begins.
CREATE INDEX "contact_email_prefix" ON "contact" ("workspace_id", "environment", lower("email") text_pattern_ops);
CREATE INDEX "contact_first_name_prefix" ON "contact" ("workspace_id", "environment", lower("first_name") text_pattern_ops);
CREATE INDEX "contact_last_name_prefix" ON "contact" ("workspace_id", "environment", lower("last_name") text_pattern_ops);

-- The Outbox: mail that stayed on this machine, among much that did not.
CREATE INDEX "email_captured_idx" ON "email" ("workspace_id", "environment", "id") WHERE "captured";
-- Test mail is always captured and live mail hardly ever: without this the planner thinks of both as usual,
-- and reads a whole workspace for the few.
CREATE STATISTICS "email_captured_stats" (mcv) ON "workspace_id", "environment", "captured" FROM "email";

-- Audiences take the prefix aud from audit events.
UPDATE "audit_event" SET "id" = 'aev' || substr("id", 4) WHERE "id" LIKE 'aud\_%';

-- Who was unsubscribed before stays so.
INSERT INTO "suppression" ("workspace_id", "environment", "email_hash", "reason", "email", "created_at")
SELECT "workspace_id", "environment", encode(sha256(convert_to("workspace_id" || ' ' || "email", 'UTF8')), 'hex'), 'unsubscribed', "email", "updated_at"
FROM "contact" WHERE "unsubscribed";
