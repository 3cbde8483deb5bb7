import { InlineMarkdown } from "@/components/docs/inline-markdown";
import { cn } from "@/components/ui/class-names";
import type { Field, Shape } from "@/lib/api/reference/shape";
import { Fold } from "./fold";

/** Fields with their types, limits and meanings; the fields inside them fold out. */
export function FieldList({ fields, marked }: { fields: readonly Field[]; marked: Marked }) {
  return (
    <dl>
      {fields.map((field) => (
        <div
          key={field.name}
          className="grid gap-x-4 gap-y-0.5 border-line border-b px-4 py-2.5 text-sm last:border-b-0 sm:grid-cols-[minmax(7rem,10rem)_minmax(0,1fr)]"
        >
          <dt className="font-mono text-xs leading-5">{field.name}</dt>
          <dd className="grid gap-0.5">
            <p className="text-ink-2">
              {field.shape.words}
              <Mark field={field} marked={marked} />
            </p>
            {field.description && (
              <div className="text-ink-3 text-xs">
                <InlineMarkdown text={field.description} />
              </div>
            )}
            <Inside shape={field.shape} marked={marked} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Most fields of a request may be left out, most fields of an answer are always there: the others are marked. */
type Marked = "required" | "optional";

function Mark({ field, marked }: { field: Field; marked: Marked }) {
  if (field.required !== (marked === "required")) return null;
  const [word, look] = field.required
    ? ["required", "text-warn"]
    : ["not always there", "text-ink-3"];
  return <span className={cn("ml-2 whitespace-nowrap text-xs", look)}>{word}</span>;
}

/** The fields of a field, or of each form it can have. */
function Inside({ shape: { fields, variants }, marked }: { shape: Shape; marked: Marked }) {
  if (fields.length === 0 && variants.length === 0) return null;
  const count =
    fields.length > 0 ? counted(fields.length, "field") : counted(variants.length, "form");
  return (
    <Fold summary={count} className="text-ink-2 text-xs">
      <div className="mt-1 grid gap-2">
        <ShapeFields shape={{ words: "", fields, variants }} marked={marked} framed />
      </div>
    </Fold>
  );
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

type ShapeFieldsProps = { shape: Shape; marked: Marked; framed?: boolean };

/** All fields of a value; one list for each form it can have. */
export function ShapeFields({ shape: { fields, variants }, marked, framed }: ShapeFieldsProps) {
  const look = framed ? "rounded-md border border-line bg-surface" : "";
  return (
    <>
      {fields.length > 0 && (
        <div className={look}>
          <FieldList fields={fields} marked={marked} />
        </div>
      )}
      {variants.map((variant, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: forms have no name of their own, and their order is fixed.
        <div key={at} className={look}>
          <p className="border-line border-b px-4 py-2 text-ink-3 text-xs">
            {at === 0 ? "One form" : "Or"}
          </p>
          <FieldList fields={variant.fields} marked={marked} />
        </div>
      ))}
    </>
  );
}
