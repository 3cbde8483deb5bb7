"use client";

import { X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Link } from "@/components/ui/link";
import { toast } from "@/components/ui/toast";
import { useSubmission } from "@/components/ui/use-submission";
import type { ActivityQuery } from "@/lib/access/activity/schema";
import { removeViewAction, saveViewAction } from "@/lib/access/activity/views/actions";
import { VIEW_NAME_MAX } from "@/lib/access/activity/views/limits";
import type { SavedView } from "@/lib/access/activity/views/saved-views";
import { activityList } from "./activity-url";

type SavedViewsDialogProps = {
  views: readonly SavedView[];
  query: ActivityQuery;
  onClose: () => void;
};

/** The member's saved views, and a name for the one that the page shows. */
export function SavedViewsDialog({ views, query, onClose }: SavedViewsDialogProps) {
  const [name, setName] = useState("");
  const { pending, problem, submit } = useSubmission();

  async function save(event: FormEvent) {
    event.preventDefault();
    const [, shown = ""] = activityList.url(activityList.filterOf(query)).split("?");
    const saved = await submit(() => saveViewAction({ name, query: shown }));
    if (saved === undefined) return;
    toast(`Saved as ${name.trim()}`);
    onClose();
  }

  async function remove({ id }: SavedView) {
    await submit(() => removeViewAction({ id }));
  }

  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent
        title="Saved views"
        description="Filters and times that you come back to. Only you see them."
      >
        <form className="grid gap-4" onSubmit={(event) => void save(event)}>
          {views.length === 0 ? (
            <p className="text-ink-2">None yet. Choose filters on the page, then save them here.</p>
          ) : (
            <ul className="max-h-72 overflow-y-auto rounded-md border border-line">
              {views.map((view) => (
                <ViewRow
                  key={view.id}
                  view={view}
                  onOpen={onClose}
                  onRemove={() => void remove(view)}
                />
              ))}
            </ul>
          )}
          <Field label="Save what you see as" hint="A name you have used is replaced.">
            {(control) => (
              <Input
                {...control}
                value={name}
                maxLength={VIEW_NAME_MAX}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <DialogEnd problem={problem} back="Close" inGrid>
            <Button type="submit" variant="primary" pending={pending}>
              Save view
            </Button>
          </DialogEnd>
        </form>
      </DialogContent>
    </Dialog>
  );
}

type ViewRowProps = { view: SavedView; onOpen: () => void; onRemove: () => void };

function ViewRow({ view: { name, query }, onOpen, onRemove }: ViewRowProps) {
  return (
    <li className="flex items-center gap-2 border-line border-b pr-1 last:border-b-0">
      <Link
        href={`/settings/activity?${query}`}
        onClick={onOpen}
        className="min-w-0 flex-1 truncate px-3.5 py-2 hover:underline"
      >
        <bdi>{name}</bdi>
      </Link>
      <Button variant="ghost" size="icon" aria-label={`Remove ${name}`} onClick={onRemove}>
        <X aria-hidden />
      </Button>
    </li>
  );
}
