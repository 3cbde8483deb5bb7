-- Changes in the console wait until the entries of the past are chained. Reading goes on.
LOCK TABLE "audit_event" IN SHARE ROW EXCLUSIVE MODE;

-- The entries of the past in the order of their ids, which is the order in which they were written.
DO $$
DECLARE
  entry audit_event;
  chain_end audit_chain;
BEGIN
  FOR entry IN SELECT * FROM audit_event ORDER BY workspace_id, id LOOP
    IF chain_end.workspace_id IS DISTINCT FROM entry.workspace_id THEN
      IF chain_end.workspace_id IS NOT NULL THEN
        INSERT INTO audit_chain VALUES (chain_end.*);
      END IF;
      chain_end := ROW(entry.workspace_id, 0, repeat('0', 64));
    END IF;
    entry := audit_chained(entry, chain_end);
    UPDATE audit_event SET number = entry.number, salt = entry.salt, details_hash = entry.details_hash,
      previous_hash = entry.previous_hash, hash = entry.hash WHERE id = entry.id;
    chain_end.number := entry.number;
    chain_end.hash := entry.hash;
  END LOOP;
  IF chain_end.workspace_id IS NOT NULL THEN
    INSERT INTO audit_chain VALUES (chain_end.*);
  END IF;
END $$;

-- CreateIndex
CREATE INDEX "audit_event_workspace_id_number_idx" ON "audit_event"("workspace_id", "number");

-- As the transaction ends, so that the end of the chain is the last that anybody locks, and the shortest.
CREATE CONSTRAINT TRIGGER "audit_append" AFTER INSERT ON "audit_event"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "audit_append"();

CREATE TRIGGER "audit_append_only" BEFORE UPDATE OR DELETE ON "audit_event"
  FOR EACH ROW EXECUTE FUNCTION "audit_append_only"();
CREATE TRIGGER "audit_append_only_truncate" BEFORE TRUNCATE ON "audit_event"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_append_only"();
CREATE TRIGGER "audit_append_only" BEFORE UPDATE OR DELETE ON "audit_chain"
  FOR EACH ROW EXECUTE FUNCTION "audit_append_only"();
CREATE TRIGGER "audit_append_only_truncate" BEFORE TRUNCATE ON "audit_chain"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_append_only"();
