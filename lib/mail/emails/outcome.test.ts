import { describe, expect, test } from "vitest";
import type { HandOver } from "@/lib/mail/emails/mail-server";
import { eventsAfter } from "@/lib/mail/emails/outcome";
import { DAY_MS, HOUR_MS, later, SECOND_MS } from "@/lib/platform/clock";

const NOON = new Date("2026-11-23T12:00:00.000Z");
const EMAIL = { id: "eml_1", recipients: ["anna@example.com"], attempts: 1, due: NOON };

function refusedWith(response: string, permanent = true): HandOver {
  return {
    outcome: "refused",
    response,
    refused: [{ email: "anna@example.com", permanent, response }],
  };
}

describe("a refusal for good", () => {
  test("suppresses the address when it says that there is none", () => {
    const { suppress, refusals } = eventsAfter(EMAIL, refusedWith("550 5.1.1 No such user"), NOON);
    expect([suppress, refusals]).toEqual([["anna@example.com"], []]);
  });

  test("counts against the sending when it is about something else, and the mail bounced", () => {
    const response = "550 5.7.1 Relaying denied";
    const { suppress, refusals, events } = eventsAfter(EMAIL, refusedWith(response), NOON);
    expect([suppress, refusals]).toEqual([[], [response]]);
    expect(events).toMatchObject([{ type: "bounced", moves: true }]);
  });
});

test("a refused sender fails, a refused message bounces; neither is tried again", () => {
  const response = "550 5.7.1 No";
  for (const [step, type] of [
    ["sender", "failed"],
    ["message", "bounced"],
  ] as const) {
    const { events, retryAt, suppress } = eventsAfter(
      EMAIL,
      { outcome: "rejected", step, response },
      NOON,
    );
    expect([events[0]?.type, retryAt, suppress]).toEqual([type, null, []]);
  }
});

test("tries come ever later, then hourly, until a day after it was due", () => {
  const unavailable: HandOver = { outcome: "unavailable", response: "gone", uncertain: false };
  const after = (attempts: number, now = NOON) =>
    eventsAfter({ ...EMAIL, attempts }, unavailable, now).retryAt;
  expect(after(1)).toEqual(later(NOON, 5 * SECOND_MS));
  expect(after(2)).toEqual(later(NOON, 30 * SECOND_MS));
  expect(after(7)).toEqual(later(NOON, HOUR_MS));
  expect(after(30, later(NOON, DAY_MS - HOUR_MS))).toEqual(later(NOON, DAY_MS));
  expect(after(30, later(NOON, DAY_MS - HOUR_MS + 1))).toBeNull();
});

test("an answer that got lost after the message was sent is marked", () => {
  const uncertain: HandOver = { outcome: "unavailable", response: "gone", uncertain: true };
  expect(eventsAfter(EMAIL, uncertain, NOON).events[0]?.detail).toMatchObject({
    possibleDuplicate: true,
  });
});
