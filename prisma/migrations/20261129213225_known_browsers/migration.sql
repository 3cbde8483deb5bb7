-- AlterTable
ALTER TABLE "session" ADD COLUMN     "address" TEXT,
ADD COLUMN     "browser_id" TEXT,
ADD COLUMN     "user_agent" TEXT;

-- CreateTable
CREATE TABLE "known_browser" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "cookie_hash" TEXT NOT NULL,
    "network" TEXT,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "known_browser_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "known_browser_user_id_network_idx" ON "known_browser"("user_id", "network");

-- CreateIndex
CREATE INDEX "known_browser_cookie_hash_idx" ON "known_browser"("cookie_hash");

-- CreateIndex
CREATE INDEX "known_browser_last_seen_at_idx" ON "known_browser"("last_seen_at");

-- CreateIndex
CREATE UNIQUE INDEX "known_browser_user_id_cookie_hash_key" ON "known_browser"("user_id", "cookie_hash");

-- CreateIndex
CREATE INDEX "session_browser_id_idx" ON "session"("browser_id");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_browser_id_fkey" FOREIGN KEY ("browser_id") REFERENCES "known_browser"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "known_browser" ADD CONSTRAINT "known_browser_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
