-- CreateTable
CREATE TABLE "campaign_charge" (
    "campaign_id" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "recipients" INTEGER NOT NULL,

    CONSTRAINT "campaign_charge_pkey" PRIMARY KEY ("campaign_id")
);

-- CreateIndex
CREATE INDEX "campaign_charge_day_idx" ON "campaign_charge"("day");

-- Campaigns count from now on. Keys that send nothing else had no use for this limit, and go on as they are.
UPDATE "api_key" SET "recipients_per_day" = 100000
WHERE 'campaigns:send' = ANY("scopes") AND NOT 'emails:send' = ANY("scopes") AND "recipients_per_day" < 100000;
