"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { useDraft } from "@/components/ui/draft";
import { DraftNotice } from "@/components/ui/draft-notice";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { onDemand, useOnDemand } from "@/components/ui/on-demand";
import { Segmented } from "@/components/ui/segmented";
import { toast } from "@/components/ui/toast";
import { Unsaved } from "@/components/ui/unsaved";
import { useSubmission } from "@/components/ui/use-submission";
import { createAudienceAction, editAudienceAction } from "@/lib/mail/audiences/actions";
import { AUDIENCE_NAME_MAX } from "@/lib/mail/audiences/limits";
import type { RuleChoices } from "@/lib/mail/audiences/rule-choices";
import type { AudienceInput, AudienceRule } from "@/lib/mail/audiences/schema";
import { ok, type Result } from "@/lib/platform/result";
import { audiencesList, audienceUrl } from "./audiences-url";
import { LiveCount } from "./live-count";
import { errorsByCondition, toDraft, toRule } from "./rule-draft";
import { RuleEditor } from "./rule-editor";

const audienceSchemas = onDemand(() => import("@/lib/mail/audiences/schema"));

type AudienceFormProps = {
  environment: "live" | "test";
  /** The member who fills it in. */
  memberId: string;
  choices: RuleChoices;
  /** The audience to change; without it, a new one is made. */
  audience?: { id: string; name: string; rule: AudienceRule };
};

type Kind = "list" | "rule";

/** The first wrong control: the name, a condition's first control, or the button that adds a condition. */
const WRONG = '[aria-invalid="true"], [data-wrong] :is(input, button)';

type AudienceValues = { name: string; kind: Kind; rule: AudienceRule | null };

/** Makes an audience, a list or a rule, or changes one that has a rule. */
export function AudienceForm(props: AudienceFormProps) {
  const draft = useDraft<AudienceValues>(draftPlace(props));
  if (!draft) return <AudienceFields {...props} draft={null} />;
  return (
    <>
      <DraftNotice />
      <AudienceFields key="draft" {...props} draft={draft} />
    </>
  );
}

function draftPlace({ audience, environment, memberId }: AudienceFormProps) {
  return { form: audience?.id ?? `new-audience-${environment}`, by: memberId };
}

function startOf(audience: AudienceFormProps["audience"]): AudienceValues {
  return {
    name: audience?.name ?? "",
    kind: audience ? "rule" : "list",
    rule: audience?.rule ?? null,
  };
}

function AudienceFields(props: AudienceFormProps & { draft: Partial<AudienceValues> | null }) {
  const { environment, choices, audience } = props;
  const start = startOf(audience);
  const restored = { ...start, ...props.draft };
  const router = useRouter();
  const { pending, problem, submit } = useSubmission();
  const [name, setName] = useState(restored.name);
  const [kind, setKind] = useState(restored.kind);
  const [draft, setDraft] = useState(() => toDraft(restored.rule));
  const [unchanged] = useState(() =>
    JSON.stringify({ ...start, rule: toRule(toDraft(start.rule)) }),
  );
  const [isSaved, setSaved] = useState(false);
  const values = { name, kind, rule: toRule(draft) };
  const [attempts, setAttempts] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const schemas = useOnDemand(audienceSchemas, false);
  const written = { name, ...(kind === "rule" ? { rule: toRule(draft) } : {}) };
  const issues =
    attempts > 0 ? (schemas?.audienceInput.safeParse(written).error?.issues ?? []) : [];

  useEffect(() => {
    if (attempts > 0) form.current?.querySelector<HTMLElement>(WRONG)?.focus();
  }, [attempts]);

  async function save(event: FormEvent) {
    event.preventDefault();
    const { audienceInput } = await audienceSchemas.get();
    const read = audienceInput.safeParse(written);
    if (!read.success) return setAttempts(attempts + 1);
    const saved = await submit(() => store(environment, read.data, audience?.id));
    if (!saved) return;
    setSaved(true);
    toast(audience ? "Audience saved" : `${read.data.name} created`);
    router.push(audienceUrl(saved));
  }

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => void save(event)}
      className="grid max-w-3xl gap-4"
    >
      <Card>
        <CardBody className="grid gap-4">
          <Field label="Name" error={issues.find(({ path }) => path[0] === "name")?.message}>
            {(control) => (
              <Input
                {...control}
                value={name}
                onChange={({ target }) => setName(target.value)}
                maxLength={AUDIENCE_NAME_MAX}
                autoComplete="off"
              />
            )}
          </Field>
          {!audience && <KindChoice kind={kind} onChange={setKind} />}
        </CardBody>
      </Card>
      {kind === "rule" && (
        <Card>
          <CardHeader title="Who is in it" />
          <CardBody className="grid gap-4">
            <RuleEditor
              rule={draft}
              choices={choices}
              errors={errorsByCondition(issues)}
              onChange={setDraft}
            />
            <LiveCount draft={toRule(draft)} environment={environment} />
          </CardBody>
        </Card>
      )}
      {problem && (
        <Notice tone="bad" role="alert">
          {problem}
        </Notice>
      )}
      <Unsaved
        place={draftPlace(props)}
        values={values}
        dirty={!isSaved && JSON.stringify(values) !== unchanged}
      />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" pending={pending}>
          {audience ? "Save audience" : "Create audience"}
        </Button>
        <Button asChild>
          <Link href={audience ? audienceUrl(audience) : audiencesList.url({ environment })}>
            Cancel
          </Link>
        </Button>
      </div>
    </form>
  );
}

/** Makes the audience, or changes the one with this id. */
async function store(
  environment: AudienceFormProps["environment"],
  input: AudienceInput,
  id: string | undefined,
): Promise<Result<{ id: string }, string>> {
  if (!id) return await createAudienceAction({ ...input, environment });
  const edited = await editAudienceAction({ ...input, id, environment });
  return edited.ok ? ok({ id }) : edited;
}

const KIND_HINTS: Record<Kind, string> = {
  list: "Starts empty. Your connected tools add and remove contacts.",
  rule: "Updates automatically. Contacts can't be added by hand.",
};

function KindChoice({ kind, onChange }: { kind: Kind; onChange: (kind: Kind) => void }) {
  return (
    <div>
      <div className="mb-1.5 font-medium text-sm">Kind</div>
      <Segmented
        label="Kind"
        value={kind}
        onValueChange={onChange}
        options={[
          { value: "list", label: "List" },
          { value: "rule", label: "Rule" },
        ]}
      />
      <p className="mt-1.5 text-ink-2 text-xs">{KIND_HINTS[kind]}</p>
    </div>
  );
}
