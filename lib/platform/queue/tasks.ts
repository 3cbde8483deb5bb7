/** Every kind of job by name, with its payload. Payloads hold ids and no data of people: a job reads its rows when it runs. */
export type TaskPayloads = {
  deliver_email: { emailId: string };
  send_campaign: { campaignId: string };
  mail_password_reset: { resetId: string };
  mail_guessing_warning: { userId: string; at: "password" | "second_factor" };
  mail_sending_paused: { memberId: string };
  mail_webhook_off: { memberId: string; webhookId: string };
  receive_leak: { reportId: string };
  mail_key_leaked: { memberId: string; keyId: string };
  mail_incident: { memberId: string; incidentId: string; why: "opened" | "handed_over" };
  forget_recipients: Record<string, never>;
  mail_notices: { memberId: string };
  mail_second_factor_reset: { userId: string; by: "colleague" | "operator" };
};

export type TaskName = keyof TaskPayloads;

/**
 * The work of one kind of job. It may run twice (after a crash between its effect and its end), so its writes
 * are guarded. It ends within a minute: a job that runs for more than five counts as abandoned.
 */
export type Task<Name extends TaskName> = (payload: TaskPayloads[Name]) => Promise<void>;

/** A function for every kind of job. */
export type Tasks = { [Name in TaskName]: Task<Name> };
