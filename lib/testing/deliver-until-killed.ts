import { deliverEmail } from "@/lib/mail/emails/deliver-email";
import { connectMailServer } from "@/lib/mail/emails/mail-server";
import { now } from "@/lib/platform/clock";

// A process that delivers one email. A test kills it before the delivery ends. Run it with tsx, with the
// test's DATABASE_URL and DATA_DIR.
const [emailId = "", smtpUrl = ""] = process.argv.slice(2);
await deliverEmail(emailId, now, connectMailServer(smtpUrl));
