import { beforeEach, describe, expect, test } from "vitest";
import {
  createMemberTemplate,
  deleteMemberTemplate,
  editMemberTemplate,
  getMemberTemplate,
  listMemberTemplates,
  templateChoices,
} from "@/lib/mail/templates/member-templates";
import type { NewTemplateInput } from "@/lib/mail/templates/schema";
import type { MemberActor } from "@/lib/people/auth/actor";
import { later, MINUTE_MS } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { TEST_NOON } from "@/lib/testing/api-keys";
import { recordedOn, whoCannotBeRecorded } from "@/lib/testing/audit";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

let owner: MemberActor;
let stranger: MemberActor;

beforeEach(async () => {
  owner = await givenOwner();
  stranger = await givenOwner();
});

const LIVE = { environment: "live" } as const;
const LATER = later(TEST_NOON, MINUTE_MS);
const NOT_FOUND = { ok: false, code: "not_found" };

function template(values: Partial<NewTemplateInput> = {}): NewTemplateInput {
  return { name: "Welcome", subject: "Hello", html: "<p>Hi</p>", text: "", ...LIVE, ...values };
}

async function givenTemplate(values: Partial<NewTemplateInput> = {}): Promise<string> {
  const made = await createMemberTemplate(owner, template(values), TEST_NOON);
  if (!made.ok) throw new Error(made.message);
  return made.value.id;
}

async function stored(id: string) {
  return await db().template.findUnique({ where: { id } });
}

async function countOf({ workspaceId }: MemberActor): Promise<number> {
  return await db().template.count({ where: { workspaceId } });
}

test("what becomes of a template is on record, with who did it and what changed, without its texts", async () => {
  const id = await givenTemplate();
  expect(await stored(id)).toMatchObject({ ...template(), createdBy: owner.memberId });
  const change = template({ name: "Goodbye", subject: "Bye", html: "<b>Bye</b>", text: "Bye!" });
  expect(
    await editMemberTemplate(owner, { ...change, id, updatedAt: TEST_NOON }, LATER),
  ).toMatchObject({ ok: true });
  expect(await stored(id)).toMatchObject({ ...change, createdAt: TEST_NOON, updatedAt: LATER });
  const onlyText = { ...change, id, text: "So long", updatedAt: LATER };
  const [third, end] = [later(LATER, MINUTE_MS), later(LATER, 2 * MINUTE_MS)];
  expect(await editMemberTemplate(owner, onlyText, third)).toMatchObject({ ok: true });
  expect(await deleteMemberTemplate(owner, { ...LIVE, id }, end)).toMatchObject({ ok: true });
  expect(await stored(id)).toBeNull();
  const by = { actorId: owner.memberId, targetName: "Goodbye" };
  const created = { name: { from: null, to: "Welcome" }, environment: { from: null, to: "live" } };
  const changed = {
    name: { from: "Welcome", to: "Goodbye" },
    subject: { from: "Hello", to: "Bye" },
  };
  expect(await recordedOn(owner, id)).toEqual([
    { ...by, targetName: "Welcome", action: "template.created", changes: created },
    { ...by, action: "template.changed", changes: changed },
    { ...by, action: "template.changed", changes: {} },
    { ...by, action: "template.deleted", changes: {} },
  ]);
});

test("nothing is done that cannot be recorded", async () => {
  const id = await givenTemplate();
  const before = await stored(id);
  const unrecorded = whoCannotBeRecorded(owner);
  const change = { ...template({ name: "X" }), id, updatedAt: TEST_NOON };
  await expect(createMemberTemplate(unrecorded, template(), LATER)).rejects.toThrow();
  await expect(editMemberTemplate(unrecorded, change, LATER)).rejects.toThrow();
  await expect(deleteMemberTemplate(unrecorded, { ...LIVE, id }, LATER)).rejects.toThrow();
  expect(await stored(id)).toEqual(before);
  expect(await countOf(owner)).toBe(1);
});

describe("not found, and nothing changes,", () => {
  test("for a viewer, who may only look", async () => {
    const id = await givenTemplate();
    const before = await stored(id);
    const viewer = await givenColleague(owner, "viewer");
    const change = { ...template({ name: "X" }), id, updatedAt: TEST_NOON };
    expect(await createMemberTemplate(viewer, template(), LATER)).toMatchObject(NOT_FOUND);
    expect(await editMemberTemplate(viewer, change, LATER)).toMatchObject(NOT_FOUND);
    expect(await deleteMemberTemplate(viewer, { ...LIVE, id }, LATER)).toMatchObject(NOT_FOUND);
    expect(await getMemberTemplate(viewer, { id })).toMatchObject({ value: template() });
    expect(await templateChoices(viewer, "live")).toEqual([{ id, name: "Welcome" }]);
    expect(await stored(id)).toEqual(before);
    expect(await countOf(owner)).toBe(1);
    expect(await recordedOn(owner, id)).toHaveLength(1);
  });

  test("from another workspace", async () => {
    const id = await givenTemplate();
    const before = await stored(id);
    const change = { ...template({ name: "X" }), id, updatedAt: TEST_NOON };
    expect(await editMemberTemplate(stranger, change, LATER)).toMatchObject(NOT_FOUND);
    expect(await deleteMemberTemplate(stranger, { ...LIVE, id }, LATER)).toMatchObject(NOT_FOUND);
    expect(await getMemberTemplate(stranger, { id })).toMatchObject(NOT_FOUND);
    expect(await templateChoices(stranger, "live")).toEqual([]);
    expect(await stored(id)).toEqual(before);
    expect(await recordedOn(stranger, id)).toEqual([]);
  });

  test("from the other environment, though its id leads to it", async () => {
    const id = await givenTemplate();
    const before = await stored(id);
    const place = { environment: "test", id } as const;
    const change = { ...template({ name: "X" }), ...place, updatedAt: TEST_NOON };
    expect(await editMemberTemplate(owner, change, LATER)).toMatchObject(NOT_FOUND);
    expect(await deleteMemberTemplate(owner, place, LATER)).toMatchObject(NOT_FOUND);
    expect(await templateChoices(owner, "test")).toEqual([]);
    expect(await getMemberTemplate(owner, { id })).toMatchObject({ value: LIVE });
    expect(await stored(id)).toEqual(before);
    expect(await recordedOn(owner, id)).toHaveLength(1);
  });

  test("when it was deleted meanwhile", async () => {
    const id = await givenTemplate();
    await deleteMemberTemplate(owner, { ...LIVE, id }, LATER);
    const change = { ...template(), id, updatedAt: TEST_NOON };
    expect(await editMemberTemplate(owner, change, LATER)).toMatchObject(NOT_FOUND);
    expect(await recordedOn(owner, id)).toHaveLength(2);
  });
});

test.each(["subject", "html", "text"])("what is no Liquid is not stored: %s", async (part) => {
  const id = await givenTemplate();
  const before = await stored(id);
  const broken = template({ [part]: "{% if %}" });
  const failure = { code: "template_error" };
  expect(await createMemberTemplate(owner, broken, LATER)).toMatchObject(failure);
  expect(
    await editMemberTemplate(owner, { ...broken, id, updatedAt: TEST_NOON }, LATER),
  ).toMatchObject(failure);
  expect(await stored(id)).toEqual(before);
  expect(await countOf(owner)).toBe(1);
  expect(await recordedOn(owner, id)).toHaveLength(1);
});

test("of ten who delete it at once, one does", async () => {
  const id = await givenTemplate();
  const ref = { ...LIVE, id };
  const results = await Promise.all(
    Array.from({ length: 10 }, () => deleteMemberTemplate(owner, ref, LATER)),
  );
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(results.filter((result) => !result.ok && result.code === "not_found")).toHaveLength(9);
  const actions = (await recordedOn(owner, id)).map(({ action }) => action);
  expect(actions).toEqual(["template.created", "template.deleted"]);
});

test("templates are listed by environment, page by page, without repeats or gaps", async () => {
  const ids: string[] = [];
  for (let n = 0; n < 26; n += 1) ids.push(await givenTemplate({ name: `Template ${n}` }));
  const inTest = await givenTemplate({ environment: "test" });
  const first = await listMemberTemplates(owner, LIVE);
  if (!first.ok || !first.value.nextCursor) throw new Error("There is no second page.");
  const after = first.value.nextCursor;
  const second = await listMemberTemplates(owner, { ...LIVE, after });
  const seen = [first, second].flatMap((page) =>
    page.ok ? page.value.rows.map(({ id }) => id) : [],
  );
  expect(seen).toEqual(ids.reverse());
  const others = await listMemberTemplates(owner, { environment: "test" });
  expect(others).toMatchObject({ value: { rows: [{ id: inTest }] } });
  expect(await listMemberTemplates(stranger, LIVE)).toMatchObject({ value: { rows: [] } });
  const astray = await listMemberTemplates(owner, { environment: "test", after });
  expect(astray).toMatchObject({ code: "validation_error" });
});

test("of five who edit at once, one does, and the others are told", async () => {
  const id = await givenTemplate();
  const edits = Array.from({ length: 5 }, (_, n) =>
    editMemberTemplate(
      owner,
      { ...template({ name: `T${n}` }), id, updatedAt: TEST_NOON },
      later(LATER, n),
    ),
  );
  const codes = (await Promise.all(edits)).map((edited) => (edited.ok ? "done" : edited.code));
  expect(codes.sort()).toEqual(["conflict", "conflict", "conflict", "conflict", "done"]);
  expect(await recordedOn(owner, id)).toHaveLength(2);
});
