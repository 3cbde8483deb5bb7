"use client";

import { FolderPlus, Plus, X } from "lucide-react";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { FieldError } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import type { RuleChoices } from "@/lib/mail/audiences/rule-choices";
import type { RuleCondition } from "@/lib/mail/audiences/schema";
import { ConditionFields, EVENT_NAMES_ID, PROPERTY_NAMES_ID } from "./condition-fields";
import {
  blankCondition,
  blankGroup,
  type DraftCondition,
  type DraftEntry,
  type DraftGroup,
  type DraftRule,
  type RuleErrors,
} from "./rule-draft";

/** The kinds of conditions, as they are offered and as a condition begins. */
const KINDS: Record<RuleCondition["kind"], string> = {
  engagement: "Opens and clicks",
  event: "Something they did",
  property: "A property",
  contact: "Email or name",
  subscription: "Subscription",
};

type RuleEditorProps = {
  rule: DraftRule;
  choices: RuleChoices;
  errors: RuleErrors;
  onChange: (rule: DraftRule) => void;
};

/** Writes a rule: conditions, of which all or any must be true, and groups of them. */
export function RuleEditor({ rule, choices, errors, onChange }: RuleEditorProps) {
  const replace = (key: string, entry: DraftEntry) =>
    onChange({
      ...rule,
      conditions: rule.conditions.map((old) => (old.key === key ? entry : old)),
    });
  const remove = (key: string) =>
    onChange({ ...rule, conditions: rule.conditions.filter((entry) => entry.key !== key) });
  const add = (entry: DraftEntry) => onChange({ ...rule, conditions: [...rule.conditions, entry] });
  return (
    <div className="grid gap-3">
      <Names id={EVENT_NAMES_ID} names={choices.events} />
      <Names id={PROPERTY_NAMES_ID} names={choices.properties} />
      <MatchChoice
        what="these conditions"
        match={rule.match}
        onChange={(match) => onChange({ ...rule, match })}
      />
      <ul className="grid gap-2">
        {rule.conditions.map((entry, index) => (
          <li key={entry.key}>
            {"condition" in entry ? (
              <ConditionRow
                entry={entry}
                error={errors[index]}
                onChange={(condition) => replace(entry.key, { ...entry, condition })}
                onRemove={() => remove(entry.key)}
              />
            ) : (
              <GroupBox
                group={entry}
                errorsOf={(at) =>
                  errors[`${index}.conditions.${at}`] ?? (at === 0 ? errors[index] : undefined)
                }
                onChange={(group) => replace(entry.key, group)}
                onRemove={() => remove(entry.key)}
              />
            )}
          </li>
        ))}
      </ul>
      <FieldError message={errors[""]} />
      <div {...(errors[""] && { "data-wrong": "" })} className="flex flex-wrap gap-2">
        <AddCondition onAdd={add} />
        <Button variant="ghost" onClick={() => add(blankGroup())}>
          <FolderPlus aria-hidden />
          Add group
        </Button>
      </div>
    </div>
  );
}

type GroupBoxProps = {
  group: DraftGroup;
  errorsOf: (index: number) => string | undefined;
  onChange: (group: DraftGroup) => void;
  onRemove: () => void;
};

function GroupBox({ group, errorsOf, onChange, onRemove }: GroupBoxProps) {
  const { conditions } = group;
  const set = (changed: DraftCondition[]) => onChange({ ...group, conditions: changed });
  return (
    <fieldset className="grid gap-2 rounded-md border border-line bg-bg-subtle p-3">
      <legend className="sr-only">Group of conditions</legend>
      <div className="flex items-start gap-2">
        <MatchChoice
          what="this group"
          match={group.match}
          onChange={(match) => onChange({ ...group, match })}
        />
        <RemoveButton label="Remove group" onRemove={onRemove} />
      </div>
      <ul className="grid gap-2">
        {conditions.map((entry, index) => (
          <li key={entry.key}>
            <ConditionRow
              entry={entry}
              error={errorsOf(index)}
              onChange={(condition) =>
                set(conditions.map((old) => (old.key === entry.key ? { ...old, condition } : old)))
              }
              onRemove={() => set(conditions.filter(({ key }) => key !== entry.key))}
            />
          </li>
        ))}
      </ul>
      <div>
        <AddCondition onAdd={(entry) => set([...conditions, entry])} />
      </div>
    </fieldset>
  );
}

type ConditionRowProps = {
  entry: DraftCondition;
  error: string | undefined;
  onChange: (condition: RuleCondition) => void;
  onRemove: () => void;
};

function ConditionRow({ entry, error, onChange, onRemove }: ConditionRowProps) {
  const errorId = useId();
  const kind = KINDS[entry.condition.kind];
  return (
    <fieldset
      {...(error && { "aria-describedby": errorId, "data-wrong": "" })}
      className="rounded-md border border-line bg-surface p-2.5"
    >
      <legend className="sr-only">{kind}</legend>
      <div className="flex items-start gap-2">
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2">
          <span aria-hidden className="w-32 shrink-0 text-ink-2 text-xs max-md:w-full">
            {kind}
          </span>
          <ConditionFields condition={entry.condition} onChange={onChange} />
        </div>
        <RemoveButton label={`Remove condition: ${kind}`} onRemove={onRemove} />
      </div>
      <FieldError id={errorId} message={error} />
    </fieldset>
  );
}

function RemoveButton({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <Button variant="ghost" size="icon" aria-label={label} onClick={onRemove} className="ml-auto">
      <X aria-hidden />
    </Button>
  );
}

type MatchChoiceProps = {
  what: string;
  match: DraftRule["match"];
  onChange: (match: DraftRule["match"]) => void;
};

function MatchChoice({ what, match, onChange }: MatchChoiceProps) {
  return (
    <div className="flex flex-wrap items-center gap-2 text-ink-2 text-sm">
      Contacts for whom
      <Segmented
        label={`How many of ${what} must be true`}
        value={match}
        onValueChange={onChange}
        options={[
          { value: "all", label: "all" },
          { value: "any", label: "any" },
        ]}
      />
      of {what} {match === "all" ? "are" : "is"} true
    </div>
  );
}

function AddCondition({ onAdd }: { onAdd: (entry: DraftCondition) => void }) {
  const kinds = Object.entries(KINDS) as [RuleCondition["kind"], string][];
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button>
          <Plus aria-hidden />
          Add condition
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start">
        {kinds.map(([kind, label]) => (
          <DropdownMenuItem key={kind} onSelect={() => onAdd(blankCondition(kind))}>
            {label}
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function Names({ id, names }: { id: string; names: readonly string[] }) {
  return (
    <datalist id={id}>
      {names.map((name) => (
        <option key={name} value={name} />
      ))}
    </datalist>
  );
}
