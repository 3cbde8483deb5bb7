-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "rotation_days" INTEGER NOT NULL DEFAULT 180;
