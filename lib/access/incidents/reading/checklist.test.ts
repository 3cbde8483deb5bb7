import { expect, test } from "vitest";
import type { ShownIncident } from "@/lib/access/incidents/incident/shown-incident";
import { firstStepToDo } from "@/lib/access/incidents/incident/status";
import {
  type CheckFacts,
  type CheckName,
  checklistOf,
} from "@/lib/access/incidents/reading/checklist";
import { HOUR_MS, later, MINUTE_MS } from "@/lib/platform/clock";
import { TEST_NOON as now } from "@/lib/testing/api-keys";

const NEW: ShownIncident = {
  id: "inc_1",
  key: { id: "key_1", name: "CRM", environment: "live", ownerId: "mem_1" },
  openedAt: later(now, -2 * HOUR_MS),
  openedBy: "Mara",
  handler: null,
  handedAt: null,
  stop: null,
  stoppedAt: null,
  since: null,
  replacementId: null,
  putRightAt: null,
  told: [],
  notes: "",
  affected: "",
  revision: 1,
  closedAt: null,
  closedBy: null,
  canAct: true,
};
const FACTS: CheckFacts = {
  incident: NEW,
  replacementName: null,
  refused: [],
  left: null,
  hasColleagues: true,
};

function doneOf(facts: Partial<CheckFacts>, incident: Partial<ShownIncident> = {}): CheckName[] {
  const all = { ...FACTS, ...facts, incident: { ...NEW, ...incident } };
  return checklistOf(all, now).flatMap(({ name, isDone }) => (isDone ? [name] : []));
}

const stoppedAt = (at: Date, how: "frozen" | "revoked" = "revoked") => ({
  stop: { how, at },
  stoppedAt: at,
});
const longAgo = later(now, -2 * HOUR_MS);
const justNow = later(now, -MINUTE_MS);
const caller = { address: "203.0.113.7", userAgent: "kiosk/2.1", calls: 3 };

test("nothing is done at first", () => {
  expect(doneOf({})).toEqual([]);
});

test.each<[CheckName[], Partial<CheckFacts>, Partial<ShownIncident>]>([
  [["stopped"], {}, stoppedAt(justNow)],
  [["stopped", "old_callers_gone"], {}, stoppedAt(longAgo)],
  // A frozen key waits for somebody to decide.
  [[], {}, stoppedAt(justNow, "frozen")],
  [["stopped"], { refused: [{ ...caller, lastAt: justNow }] }, stoppedAt(longAgo)],
  [
    ["stopped", "old_callers_gone"],
    { refused: [{ ...caller, lastAt: longAgo }] },
    stoppedAt(longAgo),
  ],
  [["looked_into"], { left: ["12 emails wait"] }, { since: longAgo }],
  [["looked_into", "put_right"], { left: [] }, { since: longAgo }],
  [["put_right"], {}, { putRightAt: now }],
  [["replaced"], { replacementName: "CRM (new)" }, {}],
  [["affected_named"], {}, { affected: "Nobody" }],
  [["colleagues_told"], {}, { told: ["Jonas"] }],
  [["colleagues_told"], {}, { handler: { id: "mem_2", name: "Jonas" } }],
  [["colleagues_told"], { hasColleagues: false }, {}],
])("%j is ticked by the facts (%#)", (done, facts, incident) => {
  expect(doneOf(facts, incident)).toEqual(done);
});

test("an incident is taken up at the first step that is not done", () => {
  const at = (incident: Partial<ShownIncident>) => firstStepToDo({ ...NEW, ...incident });
  expect(at({})).toBe(1);
  expect(at({ since: now })).toBe(1);
  expect(at(stoppedAt(justNow, "frozen"))).toBe(2);
  expect(at({ ...stoppedAt(justNow), since: now })).toBe(3);
  expect(at({ ...stoppedAt(justNow), since: now, replacementId: "key_2" })).toBe(4);
  expect(at({ closedAt: now })).toBe(4);
});
