-- CreateEnum
CREATE TYPE "NoticePace" AS ENUM ('at_once', 'daily', 'weekly');

-- AlterTable
ALTER TABLE "member" ADD COLUMN     "notice_from" "FindingSeverity" DEFAULT 'soon',
ADD COLUMN     "notice_muted" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "notice_pace" "NoticePace" NOT NULL DEFAULT 'at_once',
ADD COLUMN     "notices_seen_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "finding" ADD COLUMN     "raised_at" TIMESTAMPTZ(3);
UPDATE "finding" SET "raised_at" = "opened_at";
ALTER TABLE "finding" ALTER COLUMN "raised_at" SET NOT NULL;

-- CreateTable
CREATE TABLE "notice_sent" (
    "member_id" TEXT NOT NULL,
    "finding_id" TEXT NOT NULL,
    "degree" INTEGER NOT NULL,

    CONSTRAINT "notice_sent_pkey" PRIMARY KEY ("member_id","finding_id")
);

-- CreateIndex
CREATE INDEX "notice_sent_finding_id_idx" ON "notice_sent"("finding_id");

-- AddForeignKey
ALTER TABLE "notice_sent" ADD CONSTRAINT "notice_sent_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_sent" ADD CONSTRAINT "notice_sent_finding_id_fkey" FOREIGN KEY ("finding_id") REFERENCES "finding"("id") ON DELETE CASCADE ON UPDATE CASCADE;
