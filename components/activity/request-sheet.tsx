"use client";

import { Dialog as RadixDialog } from "radix-ui";
import { RequestDetails } from "./request-details";
import type { RequestPanelProps } from "./request-panel";
import { CloseButton, PanelHead, titleOf } from "./request-panel-head";

/** The opened call over the list, where both have no room. */
export function RequestSheet({ row, query, onClose }: RequestPanelProps) {
  return (
    <RadixDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <RadixDialog.Content
          aria-describedby={undefined}
          // The list gives the focus back to the row; the dialog knows no trigger.
          onCloseAutoFocus={(event) => event.preventDefault()}
          className="fixed inset-y-0 right-0 z-40 w-full overflow-y-auto bg-surface shadow-floating outline-none md:max-w-md"
        >
          <PanelHead
            close={
              <RadixDialog.Close asChild>
                <CloseButton />
              </RadixDialog.Close>
            }
          >
            <RadixDialog.Title className="break-all font-semibold text-base">
              {titleOf(row)}
            </RadixDialog.Title>
          </PanelHead>
          <div className="p-4">
            <RequestDetails row={row} query={query} />
          </div>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
