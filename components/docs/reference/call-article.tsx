import { CodeBlock } from "@/components/docs/code-block";
import { InlineMarkdown } from "@/components/docs/inline-markdown";
import { Card, CardHeader } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import type { Place, ReferenceCall } from "@/lib/api/reference/calls";
import { AnswersCard } from "./answers-card";
import { FieldList, ShapeFields } from "./field-list";
import { TryIt } from "./try-it";

type CallArticleProps = { call: ReferenceCall; curl: string; prefix: string };

/** One call: what it does, what it needs, what it takes, what it answers, and how it is made. */
export function CallArticle({ call, curl, prefix }: CallArticleProps) {
  const { method, path, summary, description, parameters, body } = call;
  return (
    <article className="grid items-start gap-x-7 gap-y-5 xl:grid-cols-[minmax(0,1fr)_400px]">
      <div className="grid min-w-0 gap-4">
        <div>
          <PageHeader title={summary} />
          <p className="-mt-4 break-all font-mono text-sm">
            {method} {prefix}
            {path}
          </p>
        </div>
        <div className="grid max-w-[68ch] gap-2 text-ink-2">
          <InlineMarkdown text={description} />
        </div>
        <Facts call={call} />
        {parameters.map(({ place, fields }) => (
          <Card key={place} id={`${place}-parameters`} className="scroll-mt-6">
            <CardHeader title={PLACE_TITLES[place]} />
            <FieldList fields={fields} marked="required" />
          </Card>
        ))}
        {body && (
          <Card id="body" className="scroll-mt-6">
            <CardHeader title="Body">
              <span className="text-ink-3 text-xs">{body.words}</span>
            </CardHeader>
            <ShapeFields shape={body} marked="required" />
          </Card>
        )}
        <AnswersCard {...call} />
      </div>
      <div className="grid min-w-0 gap-4 xl:sticky xl:top-6">
        <section aria-labelledby="curl" className="grid gap-2">
          <h2 id="curl" className="font-semibold text-base">
            curl
          </h2>
          <CodeBlock code={curl} label="the call as a curl command" />
        </section>
        <TryIt call={tryable(call)} prefix={prefix} />
      </div>
    </article>
  );
}

const PLACE_TITLES: Readonly<Record<Place, string>> = {
  path: "In the path",
  query: "In the query",
  header: "In the headers",
};

const FACT = "inline-flex h-[22px] items-center rounded-full px-2 font-medium text-xs";

function Facts({ call: { scopes, needsKey, repeating } }: { call: ReferenceCall }) {
  return (
    <ul aria-label="In short" className="flex flex-wrap gap-1.5">
      {scopes.map((scope) => (
        <li key={scope} className={`${FACT} bg-info-soft text-info`}>
          needs {scope}
        </li>
      ))}
      {scopes.length === 0 && (
        <li className={`${FACT} bg-info-soft text-info`}>{needsKey ? "any key" : "no key"}</li>
      )}
      <li className={`${FACT} bg-bg-sunken text-ink-2`}>
        {repeating === "safe" ? "safe to repeat" : "safe to repeat with Idempotency-Key"}
      </li>
    </ul>
  );
}

/** As much of a call as its form needs: the rest stays on the server. */
function tryable({ method, path, parameters, example }: ReferenceCall) {
  return {
    method,
    path,
    fields: parameters.flatMap(({ place, fields }) =>
      fields.map(({ name, required, shape, example: value }) => {
        // An id is somebody's own; an example of one finds nothing.
        const filled = required && !/^[a-z]{3}_/.test(value) ? value : "";
        return { place, name, required, words: shape.words, value: filled };
      }),
    ),
    body: "body" in example ? JSON.stringify(example.body, null, 2) : null,
  };
}
