declare module "swagger-ui-dist/swagger-ui-es-bundle.js" {
  import type { ComponentType } from "react";

  // biome-ignore lint/suspicious/noExplicitAny: each of the viewer's parts has props of its own.
  export type Part = ComponentType<any>;

  export type System = {
    /** The viewer brings its own React; its parts must be made with that one. */
    React: typeof import("react");
  };

  export type Plugin = (system: System) => {
    components?: Record<string, Part>;
    wrapComponents?: Record<string, (original: Part) => Part>;
  };

  export type Options = {
    url: string;
    domNode: HTMLElement;
    layout: string;
    plugins: readonly Plugin[];
    deepLinking: boolean;
    docExpansion: "list" | "full" | "none";
    defaultModelsExpandDepth: number;
    defaultModelExpandDepth: number;
    supportedSubmitMethods: readonly string[];
    syntaxHighlight: boolean;
    validatorUrl: null;
  };

  export default function SwaggerUI(options: Options): unknown;
}
