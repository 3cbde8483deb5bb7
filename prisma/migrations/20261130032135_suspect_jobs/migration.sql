-- AlterTable
ALTER TABLE "job_death" ADD COLUMN     "running" BOOLEAN NOT NULL DEFAULT false;
