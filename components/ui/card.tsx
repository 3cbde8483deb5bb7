import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

export function Card({ className, ...rest }: ComponentProps<"section">) {
  return (
    <section
      {...rest}
      className={cn("min-w-0 rounded-lg border border-line bg-surface", className)}
    />
  );
}

type CardHeaderProps = {
  title: ReactNode;
  /** Stands right of the title, such as a status. */
  badge?: ReactNode;
  children?: ReactNode;
};

/** A card's heading, with the card's actions at its end. */
export function CardHeader({ title, badge, children }: CardHeaderProps) {
  return (
    <header className="flex flex-wrap items-center gap-2 border-line border-b px-4 py-3.5">
      <h2 className="font-semibold text-base">{title}</h2>
      {badge}
      {children && <div className="ml-auto flex items-center gap-2">{children}</div>}
    </header>
  );
}

export function CardBody({ className, ...rest }: ComponentProps<"div">) {
  return <div {...rest} className={cn("p-4", className)} />;
}
