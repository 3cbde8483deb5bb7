-- AlterTable
ALTER TABLE "member" ADD COLUMN     "first_steps_hidden_at" TIMESTAMPTZ(3);
