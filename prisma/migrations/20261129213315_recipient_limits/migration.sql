-- AlterTable
ALTER TABLE "api_key" ADD COLUMN     "recipients_per_day" INTEGER NOT NULL DEFAULT 20000,
ADD COLUMN     "recipients_per_minute" INTEGER NOT NULL DEFAULT 600;

-- CreateTable
CREATE TABLE "key_recipients" (
    "key_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "used" INTEGER NOT NULL,

    CONSTRAINT "key_recipients_pkey" PRIMARY KEY ("key_id","day")
);

-- CreateIndex
CREATE INDEX "key_recipients_day_idx" ON "key_recipients"("day");

-- Keys that send already get what the preset for them proposes.
UPDATE "api_key" SET "recipients_per_minute" = 1000, "recipients_per_day" = 50000 WHERE 'emails:send' = ANY("scopes");
