import {
  cloneElement,
  type HTMLAttributes,
  isValidElement,
  type ReactElement,
  type ReactNode,
  type SyntheticEvent,
  use,
} from "react";
import { cn } from "./class-names";

type Attributes = HTMLAttributes<HTMLElement> & { "data-state"?: string };

/**
 * The one element in `child` with more attributes. Its own attributes win, class names are joined, and of two handlers
 * its own comes first and may prevent the other.
 */
export function withAttributes(child: ReactNode, attributes: Attributes): ReactElement {
  const element = arrived(child);
  if (!isValidElement<Attributes>(element)) throw new Error("Expected one element.");
  const own = element.props;
  const joined: Attributes = { ...attributes, ...own };
  if (attributes.className) joined.className = cn(attributes.className, own.className);
  if (attributes.onClick) joined.onClick = inTurn(own.onClick, attributes.onClick);
  if (attributes.onKeyDown) joined.onKeyDown = inTurn(own.onKeyDown, attributes.onKeyDown);
  return cloneElement(element, joined);
}

/** An element from the server may come in a later piece of its answer. */
function arrived(child: ReactNode): ReactNode {
  if (!child || typeof child !== "object" || !("_payload" in child)) return child;
  return use(child._payload as Promise<ReactNode>);
}

function inTurn<Event extends SyntheticEvent>(
  first: ((event: Event) => void) | undefined,
  second: (event: Event) => void,
): (event: Event) => void {
  return (event) => {
    first?.(event);
    if (!event.defaultPrevented) second(event);
  };
}
