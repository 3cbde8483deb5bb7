export const DOMAIN_MAX = 253;
