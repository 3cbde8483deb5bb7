-- AlterTable
ALTER TABLE "email" ADD COLUMN     "tested_by" TEXT;
