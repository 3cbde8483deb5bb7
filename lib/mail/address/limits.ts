export const EMAIL_MAX = 254;
