-- AlterTable
ALTER TABLE "api_key" ADD COLUMN     "contacts_read_per_day" INTEGER,
ADD COLUMN     "recipients_per_hour" INTEGER;

-- CreateTable
CREATE TABLE "budget_use" (
    "key_id" TEXT NOT NULL,
    "budget" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "used" INTEGER NOT NULL,
    "passed_at" TIMESTAMPTZ(3),

    CONSTRAINT "budget_use_pkey" PRIMARY KEY ("key_id","budget","since")
);

-- CreateIndex
CREATE INDEX "budget_use_since_idx" ON "budget_use"("since");

-- What keys wrote to today goes on counting.
INSERT INTO "budget_use" ("key_id", "budget", "since", "used")
SELECT "key_id", 'recipientsPerDay', "day"::timestamp AT TIME ZONE 'UTC', "used" FROM "key_recipients";

-- DropTable
DROP TABLE "key_recipients";

-- AlterTable
ALTER TABLE "campaign_charge" RENAME COLUMN "day" TO "started_at";
ALTER TABLE "campaign_charge" ALTER COLUMN "started_at" TYPE TIMESTAMPTZ(3) USING "started_at"::timestamp AT TIME ZONE 'UTC';
ALTER INDEX "campaign_charge_day_idx" RENAME TO "campaign_charge_started_at_idx";
