import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import type { Decoy } from "@/lib/access/decoys/list-decoys";
import { PlantDecoyButton } from "./plant-decoy-button";
import { RemoveDecoyButton } from "./remove-decoy-button";

/** The decoys of the workspace, and how to plant one. */
export function DecoysCard({ decoys }: { decoys: readonly Decoy[] }) {
  return (
    <Card id="decoys">
      <CardHeader title="Decoys">
        <PlantDecoyButton />
      </CardHeader>
      {decoys.length === 0 ? (
        <CardBody className="text-ink-2 text-sm">
          <p>
            A decoy looks like a key and opens nothing. Put one where only a thief looks, such as an
            old wiki page: the first call with it is an alarm that tells you where they have been.
          </p>
        </CardBody>
      ) : (
        <ul className="text-sm">
          {decoys.map((decoy) => (
            <DecoyRow key={decoy.id} decoy={decoy} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function DecoyRow({ decoy }: { decoy: Decoy }) {
  const { id, name, place, hint, plantedAt, lastUsedAt } = decoy;
  return (
    <li className="flex flex-wrap items-center gap-3 border-line border-b px-4 py-3 last:border-b-0">
      <div className="min-w-0 flex-1 basis-60">
        <p className="wrap-anywhere font-semibold">
          <bdi>{name}</bdi> <span className="font-mono font-normal text-ink-3 text-xs">{hint}</span>
        </p>
        <p className="wrap-anywhere text-ink-2">
          Planted at: <bdi>{place}</bdi>
        </p>
        <p className="text-ink-3 text-xs">
          Made <Time at={plantedAt} /> ·{" "}
          {lastUsedAt ? (
            <span className="font-medium text-danger">
              Used <Time at={lastUsedAt} />
            </span>
          ) : (
            "Never used"
          )}
        </p>
      </div>
      <RemoveDecoyButton decoyId={id} name={name} />
    </li>
  );
}
