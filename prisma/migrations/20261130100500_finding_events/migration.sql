-- A finding is opened, gets worse, is left as it is or put back, and ends. What came back by itself is worse than it was.
CREATE FUNCTION "webhook_on_finding"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  given api_key;
  event text := CASE
    WHEN TG_OP = 'INSERT' THEN 'finding.opened'
    WHEN NEW.closed_at IS DISTINCT FROM OLD.closed_at THEN CASE WHEN NEW.closed_at IS NOT NULL THEN 'finding.closed' END
    WHEN NEW.degree > OLD.degree AND NEW.degree > coalesce(NEW.dismissed_degree, 0) THEN 'finding.worsened'
    WHEN OLD.dismissed_at IS NULL AND NEW.dismissed_at IS NOT NULL THEN 'finding.dismissed'
    WHEN NEW.dismissed_at IS NULL AND OLD.degree <= OLD.dismissed_degree THEN 'finding.restored'
  END;
BEGIN
  IF event IS NULL OR NOT EXISTS (SELECT FROM webhook WHERE off_since IS NULL) THEN
    RETURN NULL;
  END IF;
  SELECT * INTO given FROM api_key WHERE id = NEW.key_id;
  PERFORM webhook_store(NEW.workspace_id, given.environment, event, NEW.id,
    jsonb_build_object('object', 'finding', 'id', NEW.id, 'kind', NEW.kind, 'severity', NEW.severity,
      'key_id', given.id, 'key_name', given.name, 'path', '/settings/security/findings/' || NEW.id,
      'opened_at', api_instant(NEW.opened_at), 'closed_at', api_instant(NEW.closed_at),
      'dismissed_at', api_instant(NEW.dismissed_at), 'dismiss_reason', NEW.dismiss_reason),
    CASE event
      WHEN 'finding.opened' THEN NEW.opened_at
      WHEN 'finding.worsened' THEN NEW.raised_at
      WHEN 'finding.dismissed' THEN NEW.dismissed_at
      WHEN 'finding.closed' THEN NEW.closed_at
      ELSE now()
    END);
  RETURN NULL;
END $$;

CREATE TRIGGER "webhook_finding_opened" AFTER INSERT ON "finding"
  FOR EACH ROW EXECUTE FUNCTION "webhook_on_finding"();
CREATE TRIGGER "webhook_finding_changed" AFTER UPDATE OF "degree", "dismissed_at", "closed_at" ON "finding"
  FOR EACH ROW EXECUTE FUNCTION "webhook_on_finding"();
