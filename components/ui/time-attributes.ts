/** The attributes of an instant on a page, by which `TimeTips` finds it. It is focused to see its exact time. */
export const TIME = { "data-tip": "", tabIndex: 0, className: "whitespace-nowrap" } as const;
