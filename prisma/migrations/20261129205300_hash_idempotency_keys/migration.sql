-- An API key pasted into this header stood here in clear. A call from before is recognised as long as it is kept.
UPDATE "idempotent_request" SET "idempotency_key" = encode(sha256(convert_to("idempotency_key", 'UTF8')), 'hex');
