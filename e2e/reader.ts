import { callApi } from "./caller";

/** The progress of a program that reads everybody. */
type Reading = {
  read: number;
  status: number;
  code: string | null;
  budget: string | null;
  retryAfter: number;
};

type List = { data?: { id: string }[]; has_more?: boolean; code?: string };

/** A program that reads contacts: each of its calls is made by a process of its own that has only the secret. */
export function readerWith(origin: string, secret: string) {
  return {
    addPeople: async (count: number) => {
      const people = Array.from({ length: count }, (_, at) => ({ email: `p${at}@crm.example` }));
      const call = { method: "POST", body: JSON.stringify(people) };
      await callApi(origin, secret, "/contacts/batch", call);
    },
    readAll: async (limit: number): Promise<Reading> => {
      let read = 0;
      let after = "";
      for (;;) {
        const path = `/contacts?limit=${limit}${after}`;
        const { status, headers, body } = await callApi(origin, secret, path);
        const { data = [], has_more, code = null } = body as List;
        read += data.length;
        const budget = headers["postern-budget-contacts-read"] ?? null;
        const retryAfter = Number(headers["retry-after"] ?? 0);
        if (status !== 200 || !has_more) return { read, status, code, budget, retryAfter };
        after = `&after=${data.at(-1)?.id}`;
      }
    },
  };
}
