import { PageNotFound } from "@/components/shell/page-not-found";

export default function NotFound() {
  return (
    <main className="mx-auto max-w-[640px] px-4 py-16">
      <PageNotFound />
    </main>
  );
}
