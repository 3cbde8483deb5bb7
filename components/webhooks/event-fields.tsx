import { useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { FieldError } from "@/components/ui/field";
import { EVENT_GROUPS, type EventType } from "@/lib/access/webhooks/webhook/words";

type EventFieldsProps = {
  value: readonly EventType[];
  onChange: (events: EventType[]) => void;
  error: string | undefined;
};

/** Every type of event as a checkbox, by what it is about. */
export function EventFields({ value, onChange, error }: EventFieldsProps) {
  const id = useId();

  function toggle(type: EventType, checked: boolean) {
    const others = value.filter((chosen) => chosen !== type);
    onChange(checked ? [...others, type] : others);
  }

  return (
    <fieldset
      aria-describedby={error ? `${id}-error` : undefined}
      {...(error && { "data-invalid": true })}
      className="min-w-0"
    >
      <legend className="mb-2 font-medium text-sm">Events</legend>
      <div className="divide-y divide-line rounded-lg border border-line bg-surface">
        {EVENT_GROUPS.map(({ label, events }) => (
          <div key={label} className="p-4">
            <h2 className="mb-2 text-ink-2 text-xs">{label}</h2>
            <div className="grid gap-x-6 gap-y-2 lg:grid-cols-2">
              {events.map(({ type, happens }) => (
                <div key={type} className="flex min-w-0 items-start gap-2.5 text-sm">
                  <Checkbox
                    id={`${id}-${type}`}
                    checked={value.includes(type)}
                    onCheckedChange={(checked) => toggle(type, checked)}
                    className="mt-0.5"
                  />
                  <label htmlFor={`${id}-${type}`} className="min-w-0 grow max-md:min-h-10">
                    {happens}{" "}
                    <span className="block font-mono text-ink-3 text-xs tracking-tight">
                      {type}
                    </span>
                  </label>
                </div>
              ))}
            </div>
          </div>
        ))}
      </div>
      <FieldError id={`${id}-error`} message={error} />
    </fieldset>
  );
}
