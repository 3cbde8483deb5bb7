import type { ReactNode } from "react";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";

type ChoiceProps<Value extends string> = {
  label: string;
  value: Value;
  options: Readonly<Record<Value, string>>;
  onChange: (value: Value) => void;
};

/** One of a few words. */
export function Choice<Value extends string>({
  label,
  value,
  options,
  onChange,
}: ChoiceProps<Value>) {
  const listed = Object.entries<string>(options).map(([one, words]) => ({
    value: one,
    label: words,
  }));
  return (
    <div className="min-w-28 max-md:w-full">
      <Select
        aria-label={label}
        options={listed}
        value={value}
        onValueChange={(chosen) => onChange(chosen as Value)}
      />
    </div>
  );
}

type NumberInputProps = { label: string; value: number; onChange: (value: number) => void };

/** A number; NaN while the field is empty. */
export function NumberInput({ label, value, onChange }: NumberInputProps) {
  return (
    <Input
      aria-label={label}
      type="number"
      inputMode="decimal"
      value={Number.isNaN(value) ? "" : value}
      onChange={({ target }) => onChange(target.value === "" ? Number.NaN : Number(target.value))}
      className="w-20"
    />
  );
}

/** A number with the words around it. */
export function Counted({
  before,
  after,
  children,
}: {
  before?: string;
  after: string;
  children: ReactNode;
}) {
  return (
    <span className="inline-flex items-center gap-1.5 text-ink-2 text-sm">
      {before}
      {children}
      {after}
    </span>
  );
}
