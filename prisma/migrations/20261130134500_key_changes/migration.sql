-- Every process hears of a change to what the gate knows of a key, whichever code makes it. `last_used_at` is left out:
-- it is written with each batch of calls.
CREATE FUNCTION "notify_key_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'api_key' THEN
    PERFORM pg_notify('key_changed', OLD.id);
  ELSE
    PERFORM pg_notify('key_changed', OLD.key_id);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "key_changed" AFTER DELETE OR UPDATE OF "id", "workspace_id", "name", "environment", "scopes",
    "audience_ids", "sending_domains", "skip_unsubscribed", "forget_bodies", "allowed_addresses", "rate_per_minute",
    "recipients_per_minute", "recipients_per_day", "recipients_per_hour", "contacts_read_per_day", "decoy_place",
    "expires_at", "paused_at", "frozen_at", "revoked_at" ON "api_key"
  FOR EACH ROW EXECUTE FUNCTION "notify_key_changed"();
CREATE TRIGGER "key_changed" AFTER DELETE OR UPDATE OF "id", "workspace_id", "key_id", "hash", "last_four", "retires_at"
    ON "api_key_secret"
  FOR EACH ROW EXECUTE FUNCTION "notify_key_changed"();
