import { InlineField } from "@/components/ui/inline-field";
import { Input } from "@/components/ui/input";
import { useTypedText } from "@/components/ui/use-typed-text";

type TextFilterProps = {
  label: string;
  placeholder: string;
  maxLength: number;
  value: string | undefined;
  onChange: (text: string | undefined) => void;
};

/** A filter that people type, such as an IP address. It filters when typing pauses. */
export function TextFilter({ label, value = "", onChange, ...rest }: TextFilterProps) {
  const [text, setText] = useTypedText(value, (typed) => onChange(typed || undefined));
  return (
    <InlineField label={label}>
      {(id) => (
        <Input
          {...rest}
          id={id}
          type="search"
          value={text}
          onChange={(event) => setText(event.target.value)}
          spellCheck={false}
          autoCapitalize="none"
          autoComplete="off"
          className="w-48 font-mono text-xs max-md:flex-1 max-md:text-base"
        />
      )}
    </InlineField>
  );
}
