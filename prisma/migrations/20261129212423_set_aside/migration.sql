-- CreateEnum
CREATE TYPE "SetAsideFor" AS ENUM ('rendering', 'crashes');

-- AlterTable
ALTER TABLE "campaign" ADD COLUMN     "set_aside_for" "SetAsideFor";

-- CreateTable
CREATE TABLE "job_death" (
    "job_id" BIGINT NOT NULL,
    "deaths" INTEGER NOT NULL,

    CONSTRAINT "job_death_pkey" PRIMARY KEY ("job_id")
);
