/** The most characters of the place where a decoy is planted. */
export const PLACE_MAX = 200;
/** The most decoys of a workspace. Nobody would remember more. */
export const DECOYS_MAX = 50;
