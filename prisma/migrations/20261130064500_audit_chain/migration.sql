-- AlterTable
ALTER TABLE "audit_event" ADD COLUMN     "details_hash" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "hash" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "number" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "previous_hash" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "salt" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "audit_chain" (
    "workspace_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_chain_pkey" PRIMARY KEY ("workspace_id")
);

-- AddForeignKey
ALTER TABLE "audit_chain" ADD CONSTRAINT "audit_chain_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The canonical JSON text of a value: no spaces, the fields of objects in the order of their names (RFC 8785).
CREATE FUNCTION "canonical_json"(value jsonb) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF jsonb_typeof(value) = 'object' THEN
    RETURN (
      SELECT '{' || coalesce(string_agg(
        to_jsonb(name)::text || ':' ||
          CASE WHEN jsonb_typeof(field) IN ('object', 'array') THEN canonical_json(field) ELSE field::text END,
        ',' ORDER BY name COLLATE "C"), '') || '}'
      FROM jsonb_each(value) AS fields (name, field));
  END IF;
  IF jsonb_typeof(value) = 'array' THEN
    RETURN (
      SELECT '[' || coalesce(string_agg(
        CASE WHEN jsonb_typeof(item) IN ('object', 'array') THEN canonical_json(item) ELSE item::text END,
        ',' ORDER BY place), '') || ']'
      FROM jsonb_array_elements(value) WITH ORDINALITY AS items (item, place));
  END IF;
  RETURN value::text;
END $$;

-- The hash of a value, in hex.
CREATE FUNCTION "audit_hash"(value jsonb) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT encode(sha256(convert_to(canonical_json(value), 'UTF8')), 'hex')
$$;

-- The hash of what may name a contact, and so may have to go.
CREATE FUNCTION "audit_details_hash"(salt text, target text, changes jsonb) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT audit_hash(jsonb_build_object('salt', salt, 'target', target, 'changes', changes))
$$;

-- An event as the next one of a chain that ends with `chain_end`. lib/access/audit-log/chain/entry.ts computes the same.
CREATE FUNCTION "audit_chained"(entry "audit_event", chain_end "audit_chain") RETURNS "audit_event"
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  entry.number := chain_end.number + 1;
  entry.previous_hash := chain_end.hash;
  entry.salt := replace(gen_random_uuid()::text, '-', '');
  entry.details_hash := audit_details_hash(entry.salt, entry.target_name, entry.changes);
  entry.hash := audit_hash(jsonb_build_object(
    'workspace_id', entry.workspace_id,
    'number', entry.number,
    'previous_hash', entry.previous_hash,
    'event_id', entry.id,
    'time', to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'person', entry.actor_name,
    'person_id', entry.actor_id,
    'action', entry.action,
    'target_type', entry.target_type,
    'target_id', entry.target_id,
    'details_hash', entry.details_hash,
    'address', entry.address,
    'user_agent', entry.user_agent));
  RETURN entry;
END $$;

-- Puts an event at the end of its workspace's chain. It runs as its owner, so that nobody else needs to change a row.
CREATE FUNCTION "audit_append"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  entry audit_event;
  chain_end audit_chain;
BEGIN
  SELECT * INTO entry FROM audit_event WHERE id = NEW.id;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  INSERT INTO audit_chain (workspace_id, number, hash) VALUES (entry.workspace_id, 0, repeat('0', 64))
    ON CONFLICT (workspace_id) DO NOTHING;
  SELECT * INTO STRICT chain_end FROM audit_chain WHERE workspace_id = entry.workspace_id FOR UPDATE;
  entry := audit_chained(entry, chain_end);
  PERFORM set_config('postern.audit_log', 'open', true);
  UPDATE audit_event SET number = entry.number, salt = entry.salt, details_hash = entry.details_hash,
    previous_hash = entry.previous_hash, hash = entry.hash WHERE id = entry.id;
  UPDATE audit_chain SET number = entry.number, hash = entry.hash WHERE workspace_id = entry.workspace_id;
  PERFORM set_config('postern.audit_log', '', true);
  RETURN NULL;
END $$;

-- Refuses to change or delete what stands, but for the two functions that open the log and close it again. Entries go
-- with their workspace.
CREATE FUNCTION "audit_append_only"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND current_setting('postern.audit_log', true) = 'open' THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' THEN
    IF NOT EXISTS (SELECT FROM workspace WHERE id = OLD.workspace_id) THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION 'The audit log only grows: % on % is refused.', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$;

-- Rewrites what names a deleted contact, and records that as an entry of its own. `rewritten` is a list of
-- `{ id, salt, name, changes }`, where `salt` is the one the entry had when it was read. The old salt goes, so that
-- nobody can tell from `details_hash` what stood there. Returns how many entries were rewritten.
CREATE FUNCTION "audit_redact"(of_workspace text, record_id text, recorded_at timestamptz, rewritten jsonb)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  entries jsonb;
BEGIN
  PERFORM set_config('postern.audit_log', 'open', true);
  WITH redacted AS (
    UPDATE audit_event SET target_name = given.name, changes = given.changes,
      salt = replace(gen_random_uuid()::text, '-', '')
    FROM jsonb_to_recordset(rewritten) AS given (id text, salt text, name text, changes jsonb)
    WHERE audit_event.id = given.id AND audit_event.salt = given.salt
      AND audit_event.workspace_id = of_workspace AND audit_event.target_type NOT IN ('member', 'invitation')
    RETURNING audit_event.id,
      audit_details_hash(audit_event.salt, audit_event.target_name, audit_event.changes) AS details_hash
  )
  SELECT jsonb_agg(id || ':' || details_hash ORDER BY id) INTO entries FROM redacted;
  PERFORM set_config('postern.audit_log', '', true);
  IF entries IS NULL THEN
    RETURN 0;
  END IF;
  INSERT INTO audit_event (id, workspace_id, at, actor_name, action, target_type, target_id, target_name, changes)
    SELECT record_id, id, recorded_at, 'Postern', 'audit.redacted', 'audit', id, name,
      jsonb_build_object('entries', jsonb_build_object('from', NULL, 'to', entries))
    FROM workspace WHERE id = of_workspace;
  RETURN jsonb_array_length(entries);
END $$;
