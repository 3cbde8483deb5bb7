import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { incidentUrl } from "@/components/api-keys/incident-url";
import { CouldCard } from "@/components/security/incident/could-card";
import { DoneCard } from "@/components/security/incident/done-card";
import { HandOverButton } from "@/components/security/incident/hand-over-button";
import { IncidentOpened } from "@/components/security/incident/incident-opened";
import { NextStep } from "@/components/security/incident/next-step";
import { StepList } from "@/components/security/incident/step-list";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { QuickOrSkeleton } from "@/components/ui/quick-or-skeleton";
import { STEPS, type Step } from "@/lib/access/incidents/incident/limits";
import { incidentQuery } from "@/lib/access/incidents/incident/schema";
import { firstStepToDo, isStepDone } from "@/lib/access/incidents/incident/status";
import { blastRadiusOf } from "@/lib/access/incidents/reading/blast-radius";
import { colleaguesFor } from "@/lib/access/incidents/reading/colleagues";
import { whatWasDone } from "@/lib/access/incidents/reading/what-was-done";
import { findIncident } from "../find-incident";
import { IncidentSkeleton } from "./skeleton";
import { stepCards } from "./step-cards";

type IncidentPageProps = {
  params: Promise<{ incidentId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: IncidentPageProps): Promise<Metadata> {
  const { incident } = await findIncident((await params).incidentId);
  return { title: `${incident.key.name} leaked` };
}

/** The step is in the URL, so that nothing that is done on the page leads away from it. */
export default async function IncidentPage({ params, searchParams }: IncidentPageProps) {
  const { incidentId } = await params;
  const { incident } = await findIncident(incidentId);
  const query = incidentQuery.parse(await searchParams);
  const step = STEPS.find((one) => one === Number(query.step));
  if (!step) redirect(incidentUrl(incidentId, firstStepToDo(incident)));
  return (
    <QuickOrSkeleton
      skeleton={<IncidentSkeleton />}
      content={incidentPage(incidentId, step, query.callers)}
    />
  );
}

async function incidentPage(incidentId: string, step: Step, callers: string | undefined) {
  const found = await findIncident(incidentId);
  const { actor, incident, key, at } = found;
  const [radius, done, colleagues, cards] = await Promise.all([
    blastRadiusOf(actor, key, at),
    whatWasDone(actor, incident, at),
    incident.canAct ? colleaguesFor(actor, incident) : [],
    stepCards(step, found, callers),
  ]);
  return (
    <>
      <PageHeader
        title={`${key.name} leaked`}
        description={<IncidentOpened incident={incident} />}
        back={{ href: `/settings/api-keys/${key.id}`, label: key.name }}
        actions={
          colleagues.length > 0 && (
            <HandOverButton incidentId={incidentId} colleagues={colleagues} />
          )
        }
      />
      {!incident.canAct && !incident.closedAt && (
        <Notice tone="info" className="mb-4">
          You can follow what is done. The key's owner and admins can stop and replace it.
        </Notice>
      )}
      <StepList incident={incident} current={step} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_300px]">
        <div className="grid min-w-0 gap-4">{cards}</div>
        <div className="grid min-w-0 gap-4">
          <CouldCard radius={radius} works={incident.stop === null} />
          <DoneCard done={done} />
          <NextStep incidentId={incidentId} after={step} isDone={isStepDone(step, incident)} />
        </div>
      </div>
    </>
  );
}
