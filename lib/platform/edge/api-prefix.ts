/** Below this stands the API; everything else is pages. */
export const API_PREFIX = "/api/v1";
