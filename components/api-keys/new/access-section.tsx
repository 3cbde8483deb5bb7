"use client";

import type { ReactNode } from "react";
import { useWatch } from "react-hook-form";
import { PRESETS, presetScopes, type UseCase } from "@/lib/access/api-keys/key/presets";
import type { Scope } from "@/lib/people/auth/scopes";
import { messageAt } from "../fields/form-errors";
import { ScopeFields } from "../fields/scope-fields";
import type { NewKeyIcons } from "./new-key-icons";
import { UseCaseField } from "./use-case-field";
import type { NewKeyForm } from "./use-new-key-form";

const LESS_IS_SAFER = "Less is safer: you can add more later without a new secret.";

type AccessSectionProps = {
  form: NewKeyForm;
  icons: NewKeyIcons["useCases"];
  children: ReactNode;
};

/** The use case and the scopes it fills in, with `children` between them. */
export function AccessSection({ form, icons, children }: AccessSectionProps) {
  const [chosen, scopes] = useWatch({ control: form.control, name: ["useCase", "scopes"] });
  // Nothing is chosen until somebody does, which the type of a complete form cannot say.
  const useCase = chosen as UseCase | undefined;
  const { errors, isSubmitted } = form.formState;
  const options = { shouldDirty: true, shouldValidate: isSubmitted };

  function chooseUseCase(next: UseCase) {
    form.setValue("useCase", next, options);
    if (next !== "custom") form.setValue("scopes", [...presetScopes(next)], options);
  }

  function chooseScopes(next: Scope[]) {
    form.setValue("scopes", next, options);
    if (!useCase) form.setValue("useCase", "custom", options);
  }

  return (
    <>
      <UseCaseField
        icons={icons}
        value={useCase}
        onChange={chooseUseCase}
        error={errors.useCase && "Choose what will use this key."}
      />
      {children}
      <div>
        <ScopeFields
          value={scopes}
          onChange={chooseScopes}
          hint={scopesHint(useCase, scopes)}
          error={messageAt(errors, "scopes")}
        />
      </div>
    </>
  );
}

function scopesHint(useCase: UseCase | undefined, scopes: readonly Scope[]): string {
  if (!useCase) return "Choose above what will use this key, or tick what it needs.";
  if (useCase === "custom") return LESS_IS_SAFER;
  const label = PRESETS.find((preset) => preset.id === useCase)?.label ?? "";
  const preset = presetScopes(useCase);
  const untouched =
    preset.length === scopes.length && preset.every((scope) => scopes.includes(scope));
  return untouched
    ? `Filled in for ${label}. ${LESS_IS_SAFER}`
    : `Started from ${label}, then changed. ${LESS_IS_SAFER}`;
}
