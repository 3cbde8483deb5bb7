import { expect, test } from "vitest";
import { countClicks } from "@/lib/mail/tracking/instrument";
import { countedLinks, isMachineAgent } from "@/lib/mail/tracking/machines";

test.each([
  "Mozilla/5.0",
  " Mozilla/5.0 ",
  "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
  "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html",
  "Mozilla/5.0 (compatible; SomeMail Image Proxy/1.0)",
  "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
  "AcmeLinkScanner/3.1",
])("%s is a machine", (agent) => {
  expect(isMachineAgent(agent)).toBe(true);
});

test.each([
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148",
  "Mozilla/5.0 (Linux; Android 15; CUBOT X90) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36",
  "Mozilla/4.0 (compatible; ms-office; MSOffice 16)",
  "Thunderbird/140.0",
  "",
  null,
])("%s may be a person", (agent) => {
  expect(isMachineAgent(agent)).toBe(false);
});

test("the counted links of a message are found, each once", () => {
  const emailId = "eml_01jd9zk4tqe8b9q3v5x7y2w1za";
  const urls = [
    "https://shop.example/größe?a=1&b=2",
    "https://shop.example/",
    "https://shop.example/",
  ];
  const anchors = urls.map((url) => `<a href="${url}">`);
  const starts = anchors.map((_, at) => anchors.slice(0, at).join("").length + "<a ".length);
  const links = urls.map((url, at) => {
    const start = starts[at] ?? 0;
    return { start, end: start + `href="${url}"`.length, url };
  });
  const html = countClicks(emailId, { html: anchors.join(""), links });
  expect([...countedLinks(html)]).toEqual(urls.slice(0, 2));
});
