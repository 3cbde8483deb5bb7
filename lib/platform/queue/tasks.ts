/** Every kind of job by its name, and what it is told. Only ids: the rows are read when the job runs. */
export type TaskPayloads = {
  deliver_email: { emailId: string };
  send_campaign: { campaignId: string };
};

export type TaskName = keyof TaskPayloads;

/**
 * What a job of one kind does. It may run twice (a crash between its effect and its end), so its writes are
 * guarded. It ends within a minute: a job that runs for longer than five counts as abandoned.
 */
export type Task<Name extends TaskName> = (payload: TaskPayloads[Name]) => Promise<void>;

export type Tasks = { [Name in TaskName]: Task<Name> };
