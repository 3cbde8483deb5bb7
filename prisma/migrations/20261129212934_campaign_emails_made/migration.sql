-- AlterTable
ALTER TABLE "campaign" ADD COLUMN     "emails_made_at" TIMESTAMPTZ(3);
