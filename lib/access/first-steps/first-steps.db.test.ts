import { afterEach, expect, test } from "vitest";
import { storeBatch } from "@/lib/access/activity/recording/store";
import { limitAddresses } from "@/lib/access/findings/changes/limit-addresses";
import { hideFirstSteps } from "@/lib/access/first-steps/hide-first-steps";
import { readFirstSteps } from "@/lib/access/first-steps/read-first-steps";
import { stepsDone } from "@/lib/access/first-steps/status";
import { chooseNotices } from "@/lib/access/notices/notice-choice";
import type { MemberActor } from "@/lib/people/auth/actor";
import { env } from "@/lib/platform/env";
import { aRequest } from "@/lib/testing/activity-records";
import { givenKey, TEST_NOON as now } from "@/lib/testing/api-keys";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";
import { givenPerson } from "@/lib/testing/people";
import { givenApp } from "@/lib/testing/second-factor";
import { givenWebhook } from "@/lib/testing/webhooks";

const NOTHING_DONE = {
  key: null,
  call: null,
  limit: { offer: null },
  told: { missing: "mail_server" },
  secondFactor: false,
};

const smtpUrl = env().SMTP_URL;
afterEach(() => {
  env().SMTP_URL = smtpUrl;
});

async function doneBy(actor: MemberActor): Promise<number | null> {
  const steps = await readFirstSteps(actor, now);
  return steps && stepsDone(steps);
}

async function givenCalledKey(owner: MemberActor) {
  const { workspaceId } = owner;
  const key = await givenKey(owner, { name: "CRM" });
  const { keyId, secretId } = key;
  await storeBatch([aRequest({ workspaceId, keyId, secretId, at: now, address: "192.0.2.7" })], []);
  return key;
}

test("each step ticks by what is so, and the card goes when all are done", async () => {
  env().SMTP_URL = undefined;
  const person = await givenPerson();
  const owner = person.actor;
  expect(await readFirstSteps(owner, now)).toEqual(NOTHING_DONE);

  const { keyId } = await givenCalledKey(owner);
  const addresses = ["192.0.2.7"];
  expect(await readFirstSteps(owner, now)).toMatchObject({
    key: { name: "CRM" },
    call: { address: "192.0.2.7" },
    limit: { offer: { key: { id: keyId }, addresses: [{ address: "192.0.2.7" }] } },
  });

  mustWork(await limitAddresses(owner, { keyId, addresses }, now));
  expect(await doneBy(owner)).toBe(3);

  await givenWebhook(owner, { events: ["finding.opened"] });
  expect(await readFirstSteps(owner, now)).toMatchObject({ told: { by: "webhook" } });

  await givenApp(person, now);
  expect(await readFirstSteps(owner, now)).toBeNull();
});

test("mail tells where there is a mail server, unless the member chose nothing", async () => {
  env().SMTP_URL = "smtp://localhost";
  const owner = await givenOwner();
  expect(await readFirstSteps(owner, now)).toMatchObject({ told: { by: "mail" } });
  mustWork(await chooseNotices(owner, { from: "nothing", pace: "at_once", muted: [] }, now));
  expect(await readFirstSteps(owner, now)).toMatchObject({ told: { missing: "choice" } });
});

test("a marketer's steps are about their own keys, and a viewer has none", async () => {
  const owner = await givenOwner();
  await givenCalledKey(owner);
  const marketer = await givenColleague(owner, "marketer");
  expect(await readFirstSteps(marketer, now)).toMatchObject({ key: null, call: null });
  expect(await readFirstSteps(await givenColleague(owner, "viewer"), now)).toBeNull();
});

test("who puts the checklist away does not see it again, and others do", async () => {
  const owner = await givenOwner();
  const admin = await givenColleague(owner, "admin");
  mustWork(await hideFirstSteps(owner, { hidden: true }, now));
  expect(await readFirstSteps(owner, now)).toBeNull();
  expect(await doneBy(admin)).not.toBeNull();
});
