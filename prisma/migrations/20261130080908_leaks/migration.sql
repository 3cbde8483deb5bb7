-- CreateEnum
CREATE TYPE "LeakPolicy" AS ENUM ('revoke_harmful', 'revoke_all', 'alert');

-- CreateEnum
CREATE TYPE "LeakSource" AS ENUM ('anybody', 'github');

-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "leak_policy" "LeakPolicy" NOT NULL DEFAULT 'revoke_harmful';

-- CreateTable
CREATE TABLE "leak_report" (
    "id" TEXT NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "source" "LeakSource" NOT NULL,
    "url" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "leak_report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "leak" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "secret_id" TEXT NOT NULL,
    "source" "LeakSource" NOT NULL,
    "url" TEXT NOT NULL,
    "reported_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "leak_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "leak_key_id_idx" ON "leak"("key_id");

-- CreateIndex
CREATE INDEX "leak_workspace_id_idx" ON "leak"("workspace_id");

-- CreateIndex
CREATE UNIQUE INDEX "leak_secret_id_source_url_key" ON "leak"("secret_id", "source", "url");

-- AddForeignKey
ALTER TABLE "leak" ADD CONSTRAINT "leak_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "leak" ADD CONSTRAINT "leak_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_key"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "leak" ADD CONSTRAINT "leak_secret_id_fkey" FOREIGN KEY ("secret_id") REFERENCES "api_key_secret"("id") ON DELETE CASCADE ON UPDATE CASCADE;
