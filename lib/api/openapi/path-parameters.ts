import { z } from "zod";

type Explained = { description: string; example: string };

/** The parameters of all paths, each with what it names. */
const PARAMETERS: Readonly<Record<string, Explained>> = {
  idOrEmail: {
    description: "The contact: its id, or its e-mail address, percent-encoded (“+” is %2B).",
    example: "con_01kayq8m4xf2c9r7h3v5w6y8zb",
  },
  template: { description: "The id of the template.", example: "tpl_01kayq8m4xf2c9r7h3v5w6y8zb" },
  campaign: { description: "The id of the campaign.", example: "cmp_01kayq8m4xf2c9r7h3v5w6y8zb" },
  email: { description: "The id of the email.", example: "eml_01kayq8m4xf2c9r7h3v5w6y8zb" },
  webhook: { description: "The id of the webhook.", example: "whk_01kayq8m4xf2c9r7h3v5w6y8zb" },
  audience: { description: "The id of the audience.", example: "aud_01kayq8m4xf2c9r7h3v5w6y8zb" },
};

/** The parameters in a route's path, as the OpenAPI document describes them. Null where it has none. */
export function pathParameters(path: string) {
  const names = namesIn(path);
  if (names.length === 0) return null;
  return z.strictObject(Object.fromEntries(names.map((name) => [name, parameter(name)])));
}

/** `/contacts/:idOrEmail` as OpenAPI writes it. */
export function openApiPath(path: string): string {
  return path.replaceAll(/:(\w+)/g, "{$1}");
}

function namesIn(path: string): string[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = ""]) => name);
}

function parameter(name: string) {
  return z
    .string()
    .min(1)
    .meta(PARAMETERS[name] ?? {});
}
