/**
 * A program that checks an export of the audit log in NDJSON without Postern, by Python's standard library alone. The
 * docs show it, and a test runs it.
 */
export const CHECK_IN_PYTHON = `import hashlib, json, sys

def sha256(value):
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()

entries = sorted(map(json.loads, open(sys.argv[1], encoding="utf-8")), key=lambda e: e["number"])
redactions = [e["changes"]["entries"]["to"] for e in entries if e["action"] == "audit.redacted"]
redacted = dict(item.split(":") for items in redactions for item in items)
gaps, last = 0, {"number": 0, "hash": "0" * 64}
for e in entries:
    details = {name: e[name] for name in ("salt", "target", "changes")}
    sealed = {name: e[name] for name in e if name not in (*details, "hash", "action_in_words")}
    kept = sha256(details) in (e["details_hash"], redacted.get(e["event_id"]))
    follows = e["number"] > last["number"] + 1 or e["previous_hash"] == last["hash"]
    if not (kept and follows and sha256(sealed) == e["hash"]):
        sys.exit(f"Entry {e['number']} ({e['event_id']}) is not as it was written.")
    gaps, last = gaps + e["number"] - last["number"] - 1, e
print(f"{len(entries)} entries as written, {gaps} left out. Last: {last['number']}:{last['hash']}")
`;
