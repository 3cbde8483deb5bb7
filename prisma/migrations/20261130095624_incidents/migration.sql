-- AlterTable
ALTER TABLE "api_key" ADD COLUMN     "frozen_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "incident" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_by" TEXT NOT NULL,
    "handler_id" TEXT,
    "handed_at" TIMESTAMPTZ(3),
    "since" TIMESTAMPTZ(3),
    "replacement_id" TEXT,
    "put_right_at" TIMESTAMPTZ(3),
    "told" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "notes" TEXT NOT NULL DEFAULT '',
    "affected" TEXT NOT NULL DEFAULT '',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "closed_at" TIMESTAMPTZ(3),
    "closed_by" TEXT,

    CONSTRAINT "incident_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "incident_workspace_id_closed_at_id_idx" ON "incident"("workspace_id", "closed_at", "id");

-- CreateIndex
CREATE INDEX "incident_key_id_id_idx" ON "incident"("key_id", "id");

-- CreateIndex
CREATE INDEX "incident_handler_id_handed_at_idx" ON "incident"("handler_id", "handed_at");

-- AddForeignKey
ALTER TABLE "incident" ADD CONSTRAINT "incident_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident" ADD CONSTRAINT "incident_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_key"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident" ADD CONSTRAINT "incident_handler_id_fkey" FOREIGN KEY ("handler_id") REFERENCES "member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- One incident of a key is open at a time.
CREATE UNIQUE INDEX "incident_one_open" ON "incident"("key_id") WHERE "closed_at" IS NULL;

-- Keys that are frozen, which the hourly work looks for. There are few.
CREATE INDEX "api_key_frozen" ON "api_key"("frozen_at") WHERE "frozen_at" IS NOT NULL AND "revoked_at" IS NULL;

-- As before, and since when the key is frozen.
CREATE OR REPLACE FUNCTION "webhook_on_key_event"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  given api_key;
BEGIN
  SELECT * INTO given FROM api_key WHERE id = NEW.target_id;
  IF FOUND THEN
    PERFORM webhook_store(given.workspace_id, given.environment, NEW.action, given.id,
      jsonb_build_object('object', 'api_key', 'id', given.id, 'name', given.name, 'scopes', given.scopes,
        'expires_at', api_instant(given.expires_at), 'paused_at', api_instant(given.paused_at),
        'frozen_at', api_instant(given.frozen_at), 'revoked_at', api_instant(given.revoked_at),
        'revoke_reason', given.revoke_reason, 'changed_by', NEW.actor_id),
      NEW.at);
  END IF;
  RETURN NULL;
END $$;
