-- AlterTable
ALTER TABLE "activity" ADD COLUMN     "contacts_changed" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "contacts_read" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "recipients" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "activity_hour" ADD COLUMN     "contacts_changed" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "contacts_read" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "recipients" BIGINT NOT NULL DEFAULT 0;
