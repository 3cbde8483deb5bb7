-- CreateTable
CREATE TABLE "refusal_streak" (
    "workspace_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "response" TEXT NOT NULL,
    "recipients" INTEGER NOT NULL,
    "paused_at" TIMESTAMPTZ(3),

    CONSTRAINT "refusal_streak_pkey" PRIMARY KEY ("workspace_id")
);

-- AddForeignKey
ALTER TABLE "refusal_streak" ADD CONSTRAINT "refusal_streak_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
