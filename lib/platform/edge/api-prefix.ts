/** The path of the API. Everything else is pages. */
export const API_PREFIX = "/api/v1";
