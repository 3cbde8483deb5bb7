import { describe, expect, test } from "vitest";
import type { KeyActor, MemberActor } from "@/lib/people/auth/actor";
import { limitedTo, type View, viewOf } from "@/lib/people/auth/view";
import { aKeyActor, aMemberActor } from "@/lib/testing/actors";

test("a key reaches its own environment within its limits", () => {
  const limits = { audiences: ["aud_1"], sendingDomains: ["example.com"] };
  expect(viewOf(aKeyActor(limits))).toMatchObject({
    workspaceId: "wsp_1",
    environment: "live",
    actorId: "key_1",
    ...limits,
  });
});

test("a member reaches all of the environment they choose", () => {
  expect(viewOf(aMemberActor(), "test")).toMatchObject({
    workspaceId: "wsp_1",
    environment: "test",
    actorId: "mem_1",
    audiences: null,
    sendingDomains: null,
  });
});

test("a further limit narrows a view and never widens it", () => {
  const all = viewOf(aMemberActor(), "live");
  const some = viewOf(aKeyActor({ audiences: ["aud_1", "aud_2"] }));
  expect(limitedTo(all, ["aud_1"]).audiences).toEqual(["aud_1"]);
  expect(limitedTo(some, ["aud_2", "aud_3"]).audiences).toEqual(["aud_2"]);
  expect(limitedTo(some, ["aud_3"]).audiences).toEqual([]);
});

/** The compiler holds these: each line that it is to refuse would fail the build if it passed. */
describe("nobody makes an actor or a view by hand", () => {
  const member = aMemberActor();
  const key = aKeyActor();
  const view = viewOf(key);

  test("a copy is not one", () => {
    // @ts-expect-error A copy with another role was not vouched for.
    const promoted: MemberActor = { ...member, role: "owner" };
    // @ts-expect-error A copy with more scopes was not vouched for.
    const trusted: KeyActor = { ...key, scopes: ["contacts:read"] };
    // @ts-expect-error A copy without limits was not made from an actor.
    const unlimited: View = { ...view, audiences: null };
    expect([promoted, trusted, unlimited]).toHaveLength(3);
  });

  test("a literal is not one", () => {
    const { workspaceId, environment, audiences, sendingDomains, actorId } = view;
    const facts = { workspaceId, environment, audiences, sendingDomains, actorId, actor: key };
    // @ts-expect-error The same facts were not made from an actor.
    const plain: View = facts;
    // @ts-expect-error The mark is protected, so that no literal carries it.
    const marked: View = { ...facts, vouchedFor: "view" };
    expect([plain, marked]).toHaveLength(2);
  });

  test("an actor is not a view, nor a view an actor", () => {
    // @ts-expect-error A key has to be asked for its view.
    const fromKey: View = key;
    // @ts-expect-error A member has a view of each environment.
    const fromMember: View = member;
    // @ts-expect-error A view says what can be reached, not who acts.
    const fromView: KeyActor = view;
    // @ts-expect-error A key has its own environment and chooses no other.
    const elsewhere: View = viewOf(key, "test");
    // @ts-expect-error A member has to say which environment.
    const nowhere: View = viewOf(member);
    expect([fromKey, fromMember, fromView, elsewhere, nowhere]).toHaveLength(5);
  });
});
