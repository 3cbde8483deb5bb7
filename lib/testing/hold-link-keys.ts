import { holdLinkKeys } from "@/lib/mail/tracking/link-keys";

// Tests sign links without a start of the product, which would read the keys from the database.
const EPOCH = new Date(0);
holdLinkKeys([{ key: new Uint8Array(32).fill(7), signsFrom: EPOCH }], EPOCH);
