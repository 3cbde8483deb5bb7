import { CodeBlock } from "@/components/docs/code-block";
import { Code, DocsSection } from "@/components/docs/docs-section";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";

const ME = `{
  "object": "api_key",
  "id": "key_01k9z4tq2mf8h9x7r3v5w6y8za",
  "name": "HubSpot sync",
  "environment": "live",
  "workspace": { "id": "wsp_01k9z4tq2mf8h9x7r3v5w6y8zb", "name": "Northwind Tea" },
  "scopes": ["contacts:read", "contacts:write"],
  "audiences": null,
  "expires_at": "2027-02-21T14:03:00.000Z",
  "secret_hint": "pstn_live_…x7Qd",
  "retires_at": null,
  "limits": {
    "requests_per_minute": 600,
    "recipients_per_minute": 1000,
    "recipients_per_day": 50000,
    "recipients_per_hour": null,
    "contacts_read_per_day": null
  }
}`;

/** Base address, the header, the first call, and what test and live mean. */
export function SendingTheKey({ base }: { base: string }) {
  return (
    <>
      <DocsSection id="base" title="Base address">
        <p>All paths below start here. The API speaks JSON in both directions.</p>
        <CodeBlock code={base} label="the base address" />
      </DocsSection>
      <DocsSection id="key" title="Sending the key">
        <p className="max-w-[68ch]">
          Make a key under{" "}
          <Link href="/settings/api-keys" className="underline underline-offset-3">
            Settings → API keys
          </Link>{" "}
          and send it with every request, in the <Code>Authorization</Code> header. This call works
          with every valid key and says what the key may do:
        </p>
        <CodeBlock
          code={`curl ${base}/me \\\n  -H "Authorization: Bearer $POSTERN_API_KEY"`}
          label="the call with a Bearer token"
        />
        <CodeBlock code={ME} label="the answer" />
        <p className="max-w-[68ch]">
          Tools that only know a user name and a password (HTTP Basic) send the key as either. The
          user name can be anything:
        </p>
        <CodeBlock
          code={`curl ${base}/me -u "key:$POSTERN_API_KEY"`}
          label="the call with HTTP Basic"
        />
        <Notice tone="warn">
          Keep keys on servers. A key in a web page, a mobile app or an address can be read by
          anyone: keys in addresses are refused, and browsers of other sites get no CORS headers.
        </Notice>
      </DocsSection>
      <DocsSection id="environments" title="Test and live">
        <p className="max-w-[68ch]">
          Each key belongs to one environment, and its secret says which: <Code>pstn_live_…</Code>{" "}
          or <Code>pstn_test_…</Code>. They never meet: a test key sees and changes test data only,
          so a trial run cannot touch real people.
        </p>
      </DocsSection>
      <DocsSection id="rotation" title="When a key is rotated">
        <p className="max-w-[68ch]">
          A rotation gives a key a new secret while the old one goes on for a while. Answers to the
          old one carry <Code>Postern-Secret-Retires</Code> with the time at which it stops. Watch
          for that header, and put the new secret in before then.
        </p>
      </DocsSection>
    </>
  );
}
