"use client";

import { SearchField } from "./search-field";
import { useTypedText } from "./use-typed-text";

type SearchFilterProps = {
  label: string;
  placeholder: string;
  maxLength: number;
  /** The search that the list shows now. */
  value: string;
  onSearch: (text: string) => void;
  className?: string;
};

/** The search box above a list. It searches when typing pauses, and follows Back and links. */
export function SearchFilter({ value, onSearch, ...rest }: SearchFilterProps) {
  const [text, setText] = useTypedText(value, onSearch);
  return <SearchField {...rest} value={text} onChange={(event) => setText(event.target.value)} />;
}
