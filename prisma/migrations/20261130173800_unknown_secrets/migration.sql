-- CreateTable
CREATE TABLE "unknown_secret_hour" (
    "workspace_id" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "caller" TEXT NOT NULL,
    "calls" INTEGER NOT NULL,
    "secrets" INTEGER NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "unknown_secret_hour_pkey" PRIMARY KEY ("key_id","hour","caller")
);

-- CreateIndex
CREATE INDEX "unknown_secret_hour_last_at_idx" ON "unknown_secret_hour"("last_at");
