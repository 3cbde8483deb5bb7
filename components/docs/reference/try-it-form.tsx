"use client";

import { type FormEvent, useId, useState } from "react";
import { PasswordInput } from "@/components/auth/password-input";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Textarea } from "@/components/ui/textarea";
import { useReaderKey } from "./reader-key";
import { type Sent, sendCall, slotOf, type TryableCall, type TryableField } from "./send-call";
import { SentAnswer } from "./sent-answer";

const KEY = /^pstn_(?:live|test)_[0-9A-Za-z]+$/;

/** The reader's key, each parameter, the body, and the answer. */
export function TryItForm({ call, prefix }: { call: TryableCall; prefix: string }) {
  const [key, setKey] = useReaderKey();
  const [values, setValues] = useState(() => startingValues(call));
  const [body, setBody] = useState(call.body ?? "");
  const [sent, setSent] = useState<Sent | null>(null);
  const [pending, setPending] = useState(false);
  const [keyError, setKeyError] = useState<string>();
  const isLive = key.trim().startsWith("pstn_live_");

  async function send(event: FormEvent) {
    event.preventDefault();
    if (pending) return;
    if (!KEY.test(key.trim()))
      return setKeyError("Paste a whole key. It starts with pstn_test_ or pstn_live_.");
    setKeyError(undefined);
    setPending(true);
    setSent(await sendCall(call, { key, values, body }, prefix));
    setPending(false);
  }

  return (
    <form onSubmit={(event) => void send(event)} className="grid gap-3" autoComplete="off">
      <Field
        label="API key"
        hint="It stays in this tab, and goes only to this server."
        error={keyError}
      >
        {(control) => (
          <PasswordInput
            {...control}
            autoFocus
            required
            autoComplete="off"
            placeholder="pstn_test_…"
            value={key}
            onChange={(event) => setKey(event.target.value)}
          />
        )}
      </Field>
      {isLive && (
        <Notice tone="warn" role="status">
          This is a live key: the call is made on your workspace's real data.
        </Notice>
      )}
      {call.fields.map((field) => (
        <Parameter
          key={slotOf(field)}
          field={field}
          value={values[slotOf(field)] ?? ""}
          onChange={(value) => setValues({ ...values, [slotOf(field)]: value })}
        />
      ))}
      {call.body !== null && <Body value={body} onChange={setBody} />}
      <div>
        <Button type="submit" variant="primary" pending={pending}>
          {isLive && call.method !== "GET" ? "Send on live data" : "Send"}
        </Button>
      </div>
      {sent && <SentAnswer sent={sent} />}
    </form>
  );
}

function startingValues({ fields }: TryableCall): Record<string, string> {
  return Object.fromEntries(fields.map((field) => [slotOf(field), field.value]));
}

type ParameterProps = { field: TryableField; value: string; onChange: (value: string) => void };

function Parameter({ field, value, onChange }: ParameterProps) {
  return (
    <Field
      label={<span className="font-mono text-xs">{field.name}</span>}
      hint={field.words}
      optional={!field.required}
    >
      {(control) => (
        <Input
          {...control}
          required={field.required}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

function Body({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-medium text-sm">
        Body
      </label>
      <Textarea
        id={id}
        spellCheck={false}
        rows={Math.min(16, value.split("\n").length + 1)}
        className="font-mono text-xs"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
