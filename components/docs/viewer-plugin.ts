import type { Part, Plugin } from "swagger-ui-dist/swagger-ui-es-bundle.js";

export const LAYOUT = "PosternLayout";

/**
 * What the viewer shows of the document and how: its calls only (the page around it says the rest), refusals
 * as one line a code with the page that explains it, and no parts that browsers have no use for here, since
 * keys do not belong into pages. A link inside a button, which it has by itself, no screen reader can use.
 */
export const viewerPlugin: Plugin = ({ React }) => {
  const { createElement } = React;
  const nothing = () => null;
  return {
    components: {
      [LAYOUT]: ({ getComponent, specSelectors }) => {
        const status: string = specSelectors.loadingStatus();
        if (status === "failed") {
          return createElement("p", { role: "alert" }, "The reference could not be loaded.");
        }
        if (status !== "success") return createElement("p", null, "Loading the reference…");
        return createElement(getComponent("operations", true) as Part);
      },
      // biome-ignore lint/correctness/noComponentHookFactories: the viewer asks for its parts once.
      DeepLink: ({ text }) => createElement("span", null, text),
      authorizeOperationBtn: nothing,
      contentType: nothing,
      CopyToClipboardBtn: nothing,
      headers: nothing,
      JsonSchemaForm: nothing,
      JSONSchema202012ExpandDeepButton: nothing,
      JSONSchema202012KeywordExample: nothing,
      OperationExt: nothing,
      OperationServers: nothing,
    },
    wrapComponents: {
      response: (Original) => (props) => {
        const { code, response, getComponent } = props;
        if (Number(code) < 400) return createElement(Original, props);
        const Markdown = getComponent("Markdown", true) as Part;
        const said = createElement(Markdown, { source: response.get("description") });
        return createElement(
          "tr",
          { className: "response" },
          createElement("td", { className: "response-col_status" }, code),
          createElement("td", { className: "response-col_description" }, said),
        );
      },
      // The name of a schema is what is written on the button that unfolds it, also when it has none.
      // biome-ignore lint/correctness/noComponentHookFactories: the viewer asks for its parts once.
      JSONSchema202012KeywordTitle: (Original) => (props) =>
        createElement(Original, { ...props, title: props.title || nameOf(props.schema) }),
    },
  };
};

function nameOf(schema: { title?: string } | boolean | undefined): string {
  return (typeof schema === "object" && schema.title) || "Fields";
}
