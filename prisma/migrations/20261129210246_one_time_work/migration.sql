-- CreateTable
CREATE TABLE "one_time_work" (
    "name" TEXT NOT NULL,
    "done_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "one_time_work_pkey" PRIMARY KEY ("name")
);
