-- AlterTable
ALTER TABLE "member" ADD COLUMN     "notices_mailed_until" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "hourly_work" (
    "id" INTEGER NOT NULL,
    "begun_at" TIMESTAMPTZ(3) NOT NULL,
    "holder" TEXT NOT NULL,
    "held_until" TIMESTAMPTZ(3),

    CONSTRAINT "hourly_work_pkey" PRIMARY KEY ("id")
);
