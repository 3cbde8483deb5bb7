"use client";

import { useId } from "react";
import { FieldError } from "@/components/ui/field";
import { RadioCard, RadioGroup } from "@/components/ui/radio-group";
import { PRESETS, type UseCase } from "@/lib/access/api-keys/key/presets";
import type { NewKeyIcons } from "./new-key-icons";

type UseCaseFieldProps = {
  icons: NewKeyIcons["useCases"];
  value: UseCase | undefined;
  onChange: (useCase: UseCase) => void;
  error: string | undefined;
};

/** The use case of the key, which decides the least access it needs. */
export function UseCaseField({ icons, value, onChange, error }: UseCaseFieldProps) {
  const id = useId();
  return (
    <div>
      <h2 id={`${id}-question`} className="mb-2 font-medium text-sm">
        What will use this key?
      </h2>
      <RadioGroup
        aria-label="Use case"
        aria-describedby={`${id}-question${error ? ` ${id}-error` : ""}`}
        {...(error && { "aria-invalid": true })}
        value={value ?? null}
        onValueChange={(next) => onChange(next as UseCase)}
        className="md:grid-cols-2"
      >
        {PRESETS.map(({ id: useCase, label, explanation }) => (
          <RadioCard
            key={useCase}
            value={useCase}
            icon={icons[useCase]}
            title={label}
            description={explanation}
            className={useCase === "custom" ? "md:col-span-2" : ""}
          />
        ))}
      </RadioGroup>
      <FieldError id={`${id}-error`} message={error} />
    </div>
  );
}
