/** The most characters of a saved view's name, and of its URL's query. */
export const VIEW_NAME_MAX = 60;
export const VIEW_QUERY_MAX = 2_000;
/** The views that one member may save. */
export const VIEWS_MAX = 50;
