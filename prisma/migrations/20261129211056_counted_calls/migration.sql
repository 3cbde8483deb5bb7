-- AlterTable
ALTER TABLE "activity" ADD COLUMN     "repeats" INTEGER NOT NULL DEFAULT 0;
