"use server";

import {
  createMemberTemplate,
  deleteMemberTemplate,
  editMemberTemplate,
  getMemberTemplate,
} from "@/lib/mail/templates/member-templates";
import {
  deleteTemplateInput,
  editTemplateInput,
  newTemplateInput,
  templateIdInput,
} from "@/lib/mail/templates/schema";
import { memberAction } from "@/lib/people/auth/member-action";

const refresh = "/templates";

export const createTemplateAction = memberAction(newTemplateInput, createMemberTemplate, {
  refresh,
});

export const editTemplateAction = memberAction(editTemplateInput, editMemberTemplate, { refresh });

export const deleteTemplateAction = memberAction(deleteTemplateInput, deleteMemberTemplate, {
  refresh,
});

export const templateTextsAction = memberAction(templateIdInput, getMemberTemplate);
