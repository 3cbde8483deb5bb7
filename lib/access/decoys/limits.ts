/** The most characters of where a decoy is planted. */
export const PLACE_MAX = 200;
/** The decoys of a workspace. More would be more than anybody remembers. */
export const DECOYS_MAX = 50;
