import { CopyButton } from "./copy-button";

type SecretBoxProps = {
  /** The name of what is shown. */
  label: string;
  secret: string;
};

/** A new secret, to be copied. */
export function SecretBox({ label, secret }: SecretBoxProps) {
  return (
    <div className="flex items-center gap-2 rounded-md border border-accent-line bg-accent-soft py-2 pr-2 pl-3.5 max-md:flex-col max-md:items-stretch max-md:pl-2">
      <input
        aria-label={label}
        readOnly
        value={secret}
        onFocus={(event) => event.currentTarget.select()}
        autoComplete="off"
        spellCheck={false}
        className="min-w-0 flex-1 rounded-xs bg-transparent py-1.5 font-mono text-sm tracking-tight"
      />
      <CopyButton text={secret} variant="primary" className="min-w-24" />
    </div>
  );
}
