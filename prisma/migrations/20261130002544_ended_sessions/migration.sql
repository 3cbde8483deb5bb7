-- CreateEnum
CREATE TYPE "SessionEnd" AS ENUM ('unused', 'too_old', 'signed_out', 'signed_out_elsewhere', 'signed_out_everywhere', 'password_changed', 'password_reset', 'role_changed', 'removed', 'second_factor_reset');

-- CreateTable
CREATE TABLE "ended_session" (
    "session_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "reason" "SessionEnd" NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ended_session_pkey" PRIMARY KEY ("session_id")
);

-- CreateIndex
CREATE INDEX "ended_session_user_id_idx" ON "ended_session"("user_id");

-- CreateIndex
CREATE INDEX "ended_session_ended_at_idx" ON "ended_session"("ended_at");

-- AddForeignKey
ALTER TABLE "ended_session" ADD CONSTRAINT "ended_session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
