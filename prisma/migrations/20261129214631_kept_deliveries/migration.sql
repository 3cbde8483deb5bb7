-- AlterTable
ALTER TABLE "campaign_hour" ADD COLUMN     "kept" INTEGER NOT NULL DEFAULT 0;

-- Campaigns of the past: their emails stayed here, or they left
UPDATE "campaign_hour" SET "kept" = "firsts"
WHERE "type" = 'delivered' AND "campaign_id" IN (SELECT "campaign_id" FROM "email" WHERE "captured");
