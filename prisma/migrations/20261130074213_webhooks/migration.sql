-- CreateEnum
CREATE TYPE "WebhookOff" AS ENUM ('failing', 'gone');

-- CreateEnum
CREATE TYPE "WebhookEventState" AS ENUM ('waiting', 'delivered', 'given_up');

-- CreateTable
CREATE TABLE "webhook" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "environment" "Environment" NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "events" TEXT[],
    "secret" TEXT NOT NULL,
    "old_secret" TEXT,
    "old_secret_ends_at" TIMESTAMPTZ(3),
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "off_since" TIMESTAMPTZ(3),
    "off_for" "WebhookOff",
    "failures" INTEGER NOT NULL DEFAULT 0,
    "failing_since" TIMESTAMPTZ(3),
    "rests_until" TIMESTAMPTZ(3),
    "held_until" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_event" (
    "id" TEXT NOT NULL,
    "webhook_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" "WebhookEventState" NOT NULL DEFAULT 'waiting',
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "first_tried_at" TIMESTAMPTZ(3),
    "log" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "webhook_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "webhook_workspace_id_environment_id_idx" ON "webhook"("workspace_id", "environment", "id");

-- CreateIndex
CREATE INDEX "webhook_event_webhook_id_id_idx" ON "webhook_event"("webhook_id", "id");

-- CreateIndex
CREATE INDEX "webhook_event_webhook_id_type_id_idx" ON "webhook_event"("webhook_id", "type", "id");

-- CreateIndex
CREATE INDEX "webhook_event_webhook_id_state_id_idx" ON "webhook_event"("webhook_id", "state", "id");

-- CreateIndex
CREATE INDEX "webhook_event_object_id_idx" ON "webhook_event"("object_id");

-- CreateIndex
CREATE INDEX "webhook_event_at_idx" ON "webhook_event" USING BRIN ("at");

-- AddForeignKey
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_event" ADD CONSTRAINT "webhook_event_webhook_id_fkey" FOREIGN KEY ("webhook_id") REFERENCES "webhook"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The outbox: what is still to be delivered, by webhook and in the order of each object's events.
CREATE INDEX "webhook_event_due_idx" ON "webhook_event"("webhook_id", "due_at", "id") WHERE "state" = 'waiting';
CREATE INDEX "webhook_event_waiting_object_idx" ON "webhook_event"("webhook_id", "object_id", "id") WHERE "state" = 'waiting';

-- Ids rise with every event. Whoever changes an object holds its row, so the ids of its events rise as they happen.
CREATE SEQUENCE "webhook_event_order";

-- A new id: its place in the order, and random digits, so that nobody can tell from one how many there are.
CREATE FUNCTION "webhook_event_id"() RETURNS text LANGUAGE sql VOLATILE AS $$
  SELECT 'msg_' || lpad(to_hex(nextval('webhook_event_order')), 12, '0') || left(replace(gen_random_uuid()::text, '-', ''), 14)
$$;

-- An instant as the API writes it.
CREATE FUNCTION "api_instant"(at timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

-- Stores one event for every webhook that wants it.
CREATE FUNCTION "webhook_store"(of_workspace text, of_environment "Environment", event text, about text, details jsonb, happened timestamptz)
RETURNS void LANGUAGE sql VOLATILE AS $$
  INSERT INTO webhook_event (id, webhook_id, type, object_id, data, at, due_at)
  SELECT webhook_event_id(), webhook.id, event, about, details, happened, happened
  FROM webhook
  WHERE workspace_id = of_workspace AND environment = of_environment AND off_since IS NULL AND event = ANY(events)
$$;

-- The contact as the API shows it, and who changed it: a key, a member, or null for the contact itself.
CREATE FUNCTION "webhook_contact"(id text, email text, first_name text, last_name text, unsubscribed boolean, properties jsonb,
                                  created_at timestamptz, updated_at timestamptz, changed_by text)
RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('object', 'contact', 'id', id, 'email', email, 'first_name', first_name, 'last_name', last_name,
    'unsubscribed', unsubscribed, 'properties', properties, 'created_at', api_instant(created_at),
    'updated_at', api_instant(updated_at), 'changed_by', changed_by)
$$;

CREATE FUNCTION "webhook_on_contacts_added"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM webhook WHERE off_since IS NULL) THEN
    RETURN NULL;
  END IF;
  INSERT INTO webhook_event (id, webhook_id, type, object_id, data, at, due_at)
  SELECT webhook_event_id(), webhook.id, 'contact.created', added.id,
    webhook_contact(added.id, added.email, added.first_name, added.last_name, added.unsubscribed, added.properties,
                    added.created_at, added.updated_at, added.changed_by),
    added.updated_at, added.updated_at
  FROM added
  JOIN webhook ON webhook.workspace_id = added.workspace_id AND webhook.environment = added.environment
    AND webhook.off_since IS NULL AND 'contact.created' = ANY(webhook.events);
  RETURN NULL;
END $$;

CREATE FUNCTION "webhook_on_contacts_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM webhook WHERE off_since IS NULL) THEN
    RETURN NULL;
  END IF;
  INSERT INTO webhook_event (id, webhook_id, type, object_id, data, at, due_at)
  SELECT webhook_event_id(), webhook.id, event.type, after.id,
    webhook_contact(after.id, after.email, after.first_name, after.last_name, after.unsubscribed, after.properties,
                    after.created_at, after.updated_at, after.changed_by),
    after.updated_at, after.updated_at
  FROM before
  JOIN after ON after.id = before.id
  JOIN webhook ON webhook.workspace_id = after.workspace_id AND webhook.environment = after.environment
    AND webhook.off_since IS NULL
  CROSS JOIN (VALUES (1, 'contact.updated'), (2, 'contact.unsubscribed')) AS event (place, type)
  WHERE event.type = ANY(webhook.events)
    AND (before.email, before.first_name, before.last_name, before.unsubscribed, before.properties)
      IS DISTINCT FROM (after.email, after.first_name, after.last_name, after.unsubscribed, after.properties)
    AND (event.type = 'contact.updated' OR (after.unsubscribed AND NOT before.unsubscribed))
  ORDER BY event.place;
  RETURN NULL;
END $$;

CREATE FUNCTION "webhook_on_contact_deleted"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Nothing of the person is in it: the deletion took that out of every event before.
  PERFORM webhook_store(NEW.workspace_id, NEW.environment, 'contact.deleted', NEW.id,
    jsonb_build_object('object', 'contact', 'id', NEW.id, 'deleted', true), NEW.deleted_at);
  RETURN NULL;
END $$;

-- Types are called as the API calls them. A machine that loads pictures or checks links is no reader.
CREATE FUNCTION "webhook_email_type"(type "EmailStatus", detail jsonb) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN type IN ('fetched', 'scanned') THEN NULL
    WHEN type = 'delayed' THEN 'email.delivery_delayed'
    WHEN type = 'delivered' AND detail ? 'captured' THEN 'email.kept'
    ELSE 'email.' || type
  END
$$;

CREATE FUNCTION "webhook_on_email_events"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM webhook WHERE off_since IS NULL) THEN
    RETURN NULL;
  END IF;
  INSERT INTO webhook_event (id, webhook_id, type, object_id, data, at, due_at)
  SELECT webhook_event_id(), webhook.id, webhook_email_type(added.type, added.detail), email.id,
    jsonb_build_object('object', 'email', 'id', email.id, 'from', email."from", 'to', email."to", 'tags', email.tags,
      'contact_id', email.contact_id, 'campaign_id', email.campaign_id,
      'recipients', added.detail->'recipients', 'reason', added.detail->'reason', 'response', added.detail->'response',
      'next_attempt_at', added.detail->'nextAttemptAt', 'link', added.detail->'url',
      'possible_duplicate', coalesce(added.detail->'possibleDuplicate', 'false')),
    added.at, added.at
  FROM added
  JOIN webhook ON webhook.workspace_id = added.workspace_id AND webhook.environment = added.environment
    AND webhook.off_since IS NULL AND webhook_email_type(added.type, added.detail) = ANY(webhook.events)
  JOIN email ON email.id = added.email_id
  ORDER BY added.id;
  RETURN NULL;
END $$;

-- A complaint is about a recipient, whichever email it was about. It is known by the hash of the mailbox, as it is where
-- suppressions are forgotten.
CREATE FUNCTION "webhook_on_complaint"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM webhook_store(NEW.workspace_id, NEW.environment, 'email.complained', NEW.email_hash,
    jsonb_build_object('object', 'suppression', 'email', NEW.email, 'email_id', NEW.email_id), NEW.created_at);
  RETURN NULL;
END $$;

CREATE FUNCTION "webhook_on_campaign"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  event text := CASE
    WHEN TG_OP = 'INSERT' THEN 'campaign.created'
    WHEN NEW.status = 'sending' THEN 'campaign.started'
    ELSE 'campaign.' || NEW.status
  END;
  happened timestamptz := CASE event
    WHEN 'campaign.created' THEN NEW.created_at
    WHEN 'campaign.started' THEN NEW.started_at
    WHEN 'campaign.sent' THEN NEW.finished_at
    WHEN 'campaign.canceled' THEN NEW.finished_at
  END;
BEGIN
  PERFORM webhook_store(NEW.workspace_id, NEW.environment, event, NEW.id,
    jsonb_build_object('object', 'campaign', 'id', NEW.id, 'name', NEW.name, 'status', NEW.status,
      'audience_id', NEW.audience_id, 'recipients', NEW.recipients,
      'scheduled_at', api_instant(NEW.scheduled_at), 'started_at', api_instant(NEW.started_at),
      'finished_at', api_instant(NEW.finished_at)),
    coalesce(happened, NEW.updated_at));
  RETURN NULL;
END $$;

-- Every change of a key is an audit event of its transaction, which has its time and who made it. The key is as its page
-- shows it: never a secret, nor the hash of one.
CREATE FUNCTION "webhook_on_key_event"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  given api_key;
BEGIN
  SELECT * INTO given FROM api_key WHERE id = NEW.target_id;
  IF FOUND THEN
    PERFORM webhook_store(given.workspace_id, given.environment, NEW.action, given.id,
      jsonb_build_object('object', 'api_key', 'id', given.id, 'name', given.name, 'scopes', given.scopes,
        'expires_at', api_instant(given.expires_at), 'paused_at', api_instant(given.paused_at),
        'revoked_at', api_instant(given.revoked_at), 'revoke_reason', given.revoke_reason, 'changed_by', NEW.actor_id),
      NEW.at);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "webhook_contacts_added" AFTER INSERT ON "contact" REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION "webhook_on_contacts_added"();
CREATE TRIGGER "webhook_contacts_changed" AFTER UPDATE ON "contact" REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION "webhook_on_contacts_changed"();
CREATE TRIGGER "webhook_contact_deleted" AFTER INSERT ON "deleted_contact"
  FOR EACH ROW EXECUTE FUNCTION "webhook_on_contact_deleted"();
CREATE TRIGGER "webhook_email_events" AFTER INSERT ON "email_event" REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION "webhook_on_email_events"();
CREATE TRIGGER "webhook_complaint" AFTER INSERT ON "suppression"
  FOR EACH ROW WHEN (NEW.reason = 'complained') EXECUTE FUNCTION "webhook_on_complaint"();
CREATE TRIGGER "webhook_campaign" AFTER INSERT ON "campaign"
  FOR EACH ROW EXECUTE FUNCTION "webhook_on_campaign"();
CREATE TRIGGER "webhook_campaign_moved" AFTER UPDATE OF "status" ON "campaign"
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION "webhook_on_campaign"();
CREATE TRIGGER "webhook_key_event" AFTER INSERT ON "audit_event"
  FOR EACH ROW WHEN (NEW.action LIKE 'key.%') EXECUTE FUNCTION "webhook_on_key_event"();
